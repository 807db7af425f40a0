// The run that made a version.
// relation this -> node, one
MATCH (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(node:Run)
WHERE visible(node)
WITH node
ORDER BY node.id
LIMIT 1
