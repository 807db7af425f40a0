// The latest of the published versions of a policy.
// relation id -> node, one
MATCH (node:PolicyVersion {policyId: parent} WHERE node.number IS NOT NULL)
WHERE node.state = 'PUBLISHED'
WITH node ORDER BY node.number DESC
LIMIT 1
