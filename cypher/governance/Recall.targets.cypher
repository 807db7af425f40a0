// What was recalled, by id.
// relation this -> node, list
// order ID node.id
MATCH (this)-[:RECALLS]->(node)
WITH DISTINCT node
