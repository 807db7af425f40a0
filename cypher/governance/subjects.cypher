// What a recall, a mitigation or a finding is about: of an edge, its later end.
// read
MATCH (fact:Entity {id: $given.id})
CALL (fact) {
  MATCH (fact)-[:RECALLS|ABOUT]->(x)
  RETURN collect(x.id) AS tied
}
WITH fact, tied, [id IN [fact.edgeId] WHERE id IS NOT NULL] AS ids
// include lineage/edges_by_id
RETURN tied + [id IN [fact.onId] WHERE id IS NOT NULL] + [edge IN edges | startNode(edge).id] AS subjects
