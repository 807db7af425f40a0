// Retract an edge and what stands or falls with it: they end and stay; what should have stood there takes their place.
// write
MERGE (l:Lock {name: 'lineage'})
ON CREATE SET l.epoch = 0
SET l._lock = true
REMOVE l._lock
WITH l, datetime.truncate('microsecond', datetime.realtime()) AS now, [$given.id] AS ids
// include lineage/edges_by_id
WITH l, now, head(edges) AS edge
// include lineage/companions
WITH *, [edge] + companions AS wrong
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
// include lineage/put_instead
RETURN CASE
  WHEN cycle IS NOT NULL THEN 'cycle'
  WHEN checked = 'done' AND $given.insteadId IS NOT NULL AND replaced < size(wrong) THEN 'outdated'
  ELSE checked END AS outcome, at, $given.id AS id, replaced, cycle,
  [each IN CASE WHEN checked = 'done' THEN before ELSE [] END | {subjectId: each.sourceId, subjectType: $given.label,
    before: {edge: each}, after: {edge: each {.*, validTo: at, retractionReason: $given.reason,
      replacedBy: $given.insteadId}}}] AS changes
