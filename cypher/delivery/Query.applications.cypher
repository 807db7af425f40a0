// All applications.
// anchor -> node, page
// order NAME node.name
// order CREATED_AT node.createdAt
MATCH (node:Application)
