// What a finding is about, by id.
// relation this -> node, list
// order ID node.id
MATCH (this)-[:ABOUT]->(node)
WITH DISTINCT node
