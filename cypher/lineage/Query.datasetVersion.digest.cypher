// The latest snapshot with a digest.
// anchor -> node, one
MATCH (node:DatasetVersion {digest: $by.digest})
WHERE visible(node)
WITH node
ORDER BY node.createdAt DESC, node.id DESC
LIMIT 1
