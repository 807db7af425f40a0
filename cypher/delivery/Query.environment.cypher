// An environment by its name.
// anchor -> node, one
MATCH (node:Environment {name: $name})
