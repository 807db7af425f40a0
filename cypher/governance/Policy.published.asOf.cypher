// The latest of the versions of a policy that were published at an instant.
// relation id -> node, one
MATCH (node:PolicyVersion {policyId: parent} WHERE node.number IS NOT NULL)
WHERE node.publishedAt <= $asOf AND (node.retiredAt IS NULL OR node.retiredAt > $asOf)
WITH node ORDER BY node.number DESC
LIMIT 1
