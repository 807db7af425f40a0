// The latest version with a digest.
// anchor -> node, one
MATCH (node:ModelVersion {artifactDigest: $by.digest})
WHERE visible(node)
WITH node
ORDER BY node.createdAt DESC, node.id DESC
LIMIT 1
