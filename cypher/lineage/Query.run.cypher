// A run by its id.
// anchor -> node, one
MATCH (node:Entity:Run {id: $id})
