// All applications.
// anchor -> node, page
// order NAME node.name
MATCH (node:Application)
