// The snapshot of a dataset that was made last.
// relation id -> node, one
MATCH (node:DatasetVersion {datasetId: parent} WHERE node.createdAt IS NOT NULL AND node.id IS NOT NULL)
WITH node
ORDER BY node.createdAt DESC, node.id DESC
LIMIT 1
