// What was the primary of an endpoint at an instant.
// relation this -> node, one
MATCH (this)<-[:AT]-(node:Deployment WHERE node.role = 'PRIMARY')
WHERE node.activeFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf)
WITH node ORDER BY node.activeFrom DESC, node.id DESC
LIMIT 1
