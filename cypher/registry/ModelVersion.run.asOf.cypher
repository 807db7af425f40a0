// The run that made a version, as it was held at an instant.
// relation this -> node, one
MATCH (this)-[made:GENERATED_BY]->(node:Run)
WHERE made.validFrom <= $asOf AND (made.validTo IS NULL OR made.validTo > $asOf) AND visible(node)
WITH node
ORDER BY node.id
LIMIT 1
