// Nodes by their ids, and edges by their ids and those of their sources.
// part
CALL () {
  UNWIND $nodes AS id
  MATCH (node:Entity {id: id})
  RETURN collect(shown(node)) AS nodes
}
CALL (nodes) {
  UNWIND $edges AS e
  MATCH (source:Entity {id: e.source})
  MATCH (source)-[edge:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES {id: e.id}]->()
  RETURN collect(shown(edge)) AS edges
}
RETURN nodes, edges
