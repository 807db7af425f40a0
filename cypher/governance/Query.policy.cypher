// A policy by its name.
// anchor -> node, one
MATCH (node:Policy {name: $name})
