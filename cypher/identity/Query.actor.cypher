// A person, team or program by name.
// anchor -> node, one
MATCH (node:Actor {name: $name})
