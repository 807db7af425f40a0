// All people, teams and programs.
// anchor -> node, page
// order NAME node.name
MATCH (node:Actor)
