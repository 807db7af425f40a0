// The latest version with a digest.
// anchor -> node, one
MATCH (node:ModelVersion {artifactDigest: $by.digest})
WITH node
ORDER BY node.createdAt DESC, node.id DESC
LIMIT 1
