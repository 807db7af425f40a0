// All runs.
// anchor -> node, page
// order CREATED_AT node.createdAt, descending
MATCH (node:Run)
