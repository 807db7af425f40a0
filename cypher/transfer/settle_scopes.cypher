// What findings, recalls and mitigations belong to, once all edges are there: who sees that sees them.
// offline
WITH datetime.truncate('microsecond', datetime.realtime()) AS at
CALL () {
  UNWIND $given.ids AS id
  MATCH (fact:Entity {id: id})
  OPTIONAL MATCH (on:Entity {id: fact.onId})
  OPTIONAL MATCH (recall:Entity {id: fact.recallId})
  CALL (fact) {
    MATCH (fact)-[:RECALLS|ABOUT]->(x)
    WITH x ORDER BY x.id
    RETURN collect(x.scope) AS own
  }
  WITH *, [edge IN [fact.edgeId] WHERE edge IS NOT NULL] AS ids
// include lineage/edges_by_id
  WITH *, head(edges) AS edge
  SET fact.scope = coalesce(on.scope, startNode(edge).scope, recall.scope, head(own))
  FOREACH (_ IN CASE WHEN fact:Mitigation THEN [1] ELSE [] END |
    SET fact.scopes = [s IN [on.scope, startNode(edge).scope, endNode(edge).scope, recall.scope] WHERE s IS NOT NULL])
  RETURN count(fact) AS ids
}
RETURN 'done' AS outcome, at, null AS id, ids, [] AS changes
