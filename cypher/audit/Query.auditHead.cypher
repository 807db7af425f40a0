// The last signed head of the log.
// anchor -> node, one
MATCH (node:AuditHead)
WHERE node.size IS NOT NULL
WITH node
ORDER BY node.size DESC
LIMIT 1
