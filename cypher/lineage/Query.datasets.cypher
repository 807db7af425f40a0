// All datasets.
// anchor -> node, page
// order NAME node.name
// order CREATED_AT node.createdAt
MATCH (node:Dataset)
