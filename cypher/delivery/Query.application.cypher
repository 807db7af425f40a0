// An application by its name.
// anchor -> node, one
MATCH (node:Application {name: $name})
