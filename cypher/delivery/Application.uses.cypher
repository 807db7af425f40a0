// What an application stands on.
// relation this -> node, list
// order ID node.id
MATCH (this)-[edge:DEPENDS_ON WHERE edge.validTo IS NULL]->(node)
WITH DISTINCT node
