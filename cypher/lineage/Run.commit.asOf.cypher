// The code that a run ran, as it was held at an instant.
// relation this -> node, one
MATCH (this)-[used:USED]->(node:Commit)
WHERE used.validFrom <= $asOf AND (used.validTo IS NULL OR used.validTo > $asOf)
WITH node
ORDER BY node.id
LIMIT 1
