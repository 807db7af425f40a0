// What somebody answered for at an instant.
// relation this -> node, page
// order CREATED_AT node.createdAt
MATCH (this)-[held:OWNS]->(node:Entity)
WHERE held.validFrom <= $asOf AND (held.validTo IS NULL OR held.validTo > $asOf)
WITH DISTINCT node
