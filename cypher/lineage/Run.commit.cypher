// The code that a run ran.
// relation this -> node, one
MATCH (this)-[used:USED WHERE used.validTo IS NULL]->(node:Commit)
WITH node
ORDER BY node.id
LIMIT 1
