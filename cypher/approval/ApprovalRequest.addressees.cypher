// Who is asked to decide on a request, by id.
// relation this -> node, list
// order ID node.id
MATCH (this)-[:ADDRESSED_TO]->(node)
WITH DISTINCT node
