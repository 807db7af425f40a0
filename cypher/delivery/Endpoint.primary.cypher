// The primary of an endpoint.
// relation this -> node, one
MATCH (this)<-[:AT]-(node:Deployment WHERE node.role = 'PRIMARY')
WHERE node.activeFrom <= datetime.statement() AND (node.validTo IS NULL OR node.validTo > datetime.statement())
WITH node ORDER BY node.activeFrom DESC, node.id DESC
LIMIT 1
