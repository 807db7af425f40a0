// All versions.
// anchor -> node, page
// order CREATED_AT node.createdAt, descending
// order NUMBER node.number
MATCH (node:ModelVersion)
