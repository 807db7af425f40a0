// The snapshots of a dataset.
// relation id -> node, page
// order CREATED_AT node.createdAt
// order ROW_COUNT node.rowCount, nullable
MATCH (node:DatasetVersion {datasetId: parent} WHERE node.version IS NOT NULL)
