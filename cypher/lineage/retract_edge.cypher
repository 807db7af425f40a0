// Retract an edge and what stands or falls with it: they end and stay; what should have stood there takes their place.
// write
MERGE (l:Lock {name: 'lineage'})
ON CREATE SET l.epoch = 0
SET l._lock = true
REMOVE l._lock
WITH l, datetime.truncate('microsecond', datetime.realtime()) AS now
CALL () {
  CALL () {
    MATCH ()-[edge:USED {id: $given.id}]->() RETURN edge
    UNION ALL MATCH ()-[edge:GENERATED_BY {id: $given.id}]->() RETURN edge
    UNION ALL MATCH ()-[edge:DERIVED_FROM {id: $given.id}]->() RETURN edge
    UNION ALL MATCH ()-[edge:DEPENDS_ON {id: $given.id}]->() RETURN edge
  }
  RETURN head(collect(edge)) AS edge
}
WITH l, now, edge, startNode(edge) AS source, endNode(edge) AS target
CALL (edge, source, target) {
  OPTIONAL MATCH (source)-[:PART_OF*1..32]->(whole:Run)
  OPTIONAL MATCH (whole)-[used:USED {via: source.id}]->(target)
  WHERE edge.via IS NULL AND used.role = edge.role AND used.validTo IS NULL
  WITH edge, source, target, collect(DISTINCT used) AS used
  OPTIONAL MATCH (source)-[base:DEPENDS_ON {kind: 'base'}]->(target)
  WHERE type(edge) = 'DERIVED_FROM' AND edge.kind = 'ADAPTER' AND base.validTo IS NULL
  WITH edge, used, collect(base) AS bases
  RETURN [edge] + used + bases AS wrong
}
WITH *, reduce(t = now, r IN wrong |
    CASE WHEN r.validFrom < t THEN t ELSE r.validFrom + duration({microseconds: 1}) END) AS at,
  [r IN wrong | r {.*, type: type(r), sourceId: startNode(r).id, targetId: endNode(r).id}] AS before, CASE
  WHEN edge IS NULL OR size(wrong) <> size($given.newIds) THEN 'outdated'
  WHEN edge.validTo IS NOT NULL THEN 'retracted'
  ELSE 'done' END AS checked
FOREACH (r IN CASE WHEN checked = 'done' THEN wrong ELSE [] END |
  SET r.validTo = at, r.retractionReason = $given.reason)
FOREACH (_ IN CASE WHEN checked = 'done' THEN [1] ELSE [] END | SET l.epoch = l.epoch + 1)
WITH *
CALL (wrong, at, checked) {
  UNWIND CASE WHEN checked = 'done' AND $given.insteadId IS NOT NULL THEN range(0, size(wrong) - 1) ELSE [] END AS place
  WITH wrong[place] AS r, $given.newIds[place] AS id, at
  MATCH (instead:Entity {id: $given.insteadId})
  WITH r, id, at, startNode(r) AS source, type(r) AS kind, instead
  OPTIONAL MATCH (source)-[same:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON]->(instead)
  WHERE type(same) = kind AND same.validTo IS NULL AND coalesce(same.role, '') = coalesce(r.role, '')
    AND coalesce(same.kind, '') = coalesce(r.kind, '') AND coalesce(same.via, '') = coalesce(r.via, '')
  WITH r, id, at, source, kind, instead, count(same) > 0 AS isSaid
  FOREACH (_ IN CASE WHEN isSaid THEN [] ELSE [1] END |
    CREATE (source)-[new:$(kind)]->(instead)
    SET new += r {.role, .kind, .via, .weight, .detail}, new.id = id, new.recordedAt = at, new.validFrom = at,
      new.assertedById = $given.actorId)
  RETURN count(*) AS replaced
}
CALL (wrong, checked) {
  UNWIND CASE WHEN checked = 'done' AND $given.insteadId IS NOT NULL THEN wrong ELSE [] END AS r
  WITH startNode(r) AS source
  MATCH (instead:Entity {id: $given.insteadId})
  MATCH p = shortestPath(
    (instead)-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*..]->(source))
  WHERE all(r IN relationships(p) WHERE r.validTo IS NULL)
  RETURN head(collect([source.id] + [x IN nodes(p) | x.id])) AS cycle
}
RETURN CASE
  WHEN cycle IS NOT NULL THEN 'cycle'
  WHEN checked = 'done' AND $given.insteadId IS NOT NULL AND replaced < size(wrong) THEN 'outdated'
  ELSE checked END AS outcome, at, $given.id AS id, replaced, cycle,
  [each IN CASE WHEN checked = 'done' THEN before ELSE [] END | {subjectId: each.sourceId, subjectType: $given.label,
    before: {edge: each}, after: {edge: each {.*, validTo: at, retractionReason: $given.reason,
      replacedById: $given.insteadId}}}] AS changes
