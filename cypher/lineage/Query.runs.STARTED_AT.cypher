// The runs that have started.
// anchor -> node, page
// order STARTED_AT node.startedAt
MATCH (node:Run)
