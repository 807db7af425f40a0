// The environments that come next.
// relation this -> node, list
// order POSITION node.position
MATCH (this)-[:PROMOTES_TO]->(node:Environment)
WITH DISTINCT node
