// Let a recall stop at a node or at an edge. The lock is that of governance.
// write

// include governance/lock
WITH l, now AS at,
  [id IN [$given.mitigation.edgeId] WHERE id IS NOT NULL] AS ids
// include lineage/edges_by_id
WITH l, at, head(edges) AS edge
// include lineage/companions
OPTIONAL MATCH (recall:Entity {id: $given.mitigation.recallId})
OPTIONAL MATCH (on:Entity {id: $given.mitigation.onId})
WITH *, coalesce(on, startNode(edge)) AS stop
WITH *, CASE
  WHEN recall IS NULL OR stop IS NULL THEN 'outdated'
  WHEN recall.open IS NULL THEN 'lifted'
  WHEN edge.validTo IS NOT NULL THEN 'retracted'
  WHEN $given.mitigation.expiresAt <= at THEN 'past'
  WHEN EXISTS { (recall)-[:RECALLS]->(on) } THEN 'target'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | SET l.epoch = l.epoch + 1)
WITH *
CALL (recall, stop, edge, companions, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN [$given.mitigation] ELSE [] END AS asked
  CREATE (mitigation:Mitigation:Entity)-[:MITIGATES]->(recall)
  SET mitigation = asked,
    mitigation.edgeIds = CASE WHEN edge IS NOT NULL THEN [r IN [edge] + companions | r.id] END, mitigation.scope = coalesce(stop.scope, recall.scope),
    mitigation.scopes = [scope IN [stop.scope, endNode(edge).scope, recall.scope] WHERE scope IS NOT NULL],
    mitigation.createdAt = at,
    mitigation.recordedAt = at, mitigation.createdById = $given.actorId, mitigation.revision = 1,
    mitigation.isStub = false, mitigation.validFrom = at, mitigation.open = true
  RETURN collect({subjectId: mitigation.id, subjectType: 'Mitigation', before: null, after: properties(mitigation)}) AS made
}
RETURN outcome, at, $given.mitigation.id AS id, made AS changes
