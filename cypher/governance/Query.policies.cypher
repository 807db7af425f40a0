// All policies.
// anchor -> node, page
// order NAME node.name
MATCH (node:Policy)
