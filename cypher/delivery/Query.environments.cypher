// All environments.
// anchor -> node, page
// order POSITION node.position
MATCH (node:Environment)
