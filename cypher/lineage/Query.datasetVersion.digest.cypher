// The latest snapshot with a digest.
// anchor -> node, one
MATCH (node:DatasetVersion {digest: $by.digest})
WITH node
ORDER BY node.createdAt DESC, node.id DESC
LIMIT 1
