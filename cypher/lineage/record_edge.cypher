// Assert an edge of lineage, and what comes with it, unless the same is asserted already.
// write
MERGE (l:Lock {name: 'lineage'})
ON CREATE SET l.epoch = 0
SET l._lock = true
REMOVE l._lock
WITH l, $given.edges[0] AS asked, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (:Entity {id: asked.from})-[same:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON]->(:Entity {id: asked.to})
WHERE type(same) = asked.type AND same.validTo IS NULL AND coalesce(same.role, '') = asked.role
  AND coalesce(same.kind, '') = asked.kind AND same.via IS NULL
WITH l, at, asked, head(collect(same.id)) AS sameId
WITH *, CASE
  WHEN sameId IS NOT NULL THEN 'unchanged'
  WHEN $given.validFrom > at THEN 'future'
  ELSE 'done' END AS checked
FOREACH (_ IN CASE WHEN checked = 'done' THEN [1] ELSE [] END | SET l.epoch = l.epoch + 1)
WITH *
CALL (at, checked) {
  UNWIND CASE WHEN checked = 'done' THEN $given.edges ELSE [] END AS e
  MATCH (source:Entity {id: e.from})
  MATCH (target:Entity {id: e.to})
  OPTIONAL MATCH (source)-[same:USED|DEPENDS_ON]->(target)
  WHERE type(same) = e.type AND same.validTo IS NULL AND coalesce(same.role, '') = e.role
    AND coalesce(same.kind, '') = e.kind AND coalesce(same.via, '') = e.via
  WITH e, e.properties AS said, at, source, target, count(same) > 0 AS isSaid
  FOREACH (_ IN CASE WHEN isSaid THEN [] ELSE [1] END |
    CREATE (source)-[r:$(e.type)]->(target)
    SET r = said, r.recordedAt = at, r.assertedById = $given.actorId,
      r.validFrom = coalesce($given.validFrom, at))
  RETURN count(*) AS edges, collect({subjectId: e.from, subjectType: e.label, before: null, after: {
    edge: said {.*, type: e.type, targetId: e.to}}}) AS changes
}
CALL (checked) {
  UNWIND CASE WHEN checked = 'done' THEN $given.edges ELSE [] END AS e
  MATCH (source:Entity {id: e.from})
  MATCH (target:Entity {id: e.to})
  MATCH p = shortestPath(
    (target)-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*..]->(source))
  WHERE all(r IN relationships(p) WHERE r.validTo IS NULL)
  RETURN head(collect([e.from] + [x IN nodes(p) | x.id])) AS cycle
}
RETURN CASE WHEN cycle IS NOT NULL THEN 'cycle' WHEN checked = 'done' AND edges < size($given.edges) THEN 'outdated'
    ELSE checked END AS outcome, at,
  coalesce(sameId, asked.properties.id) AS id, edges, changes, cycle
