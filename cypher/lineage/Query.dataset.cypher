// A dataset by its name.
// anchor -> node, one
MATCH (node:Dataset {name: $name})
