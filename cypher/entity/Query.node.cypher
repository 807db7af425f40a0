// Any node by its id.
// anchor -> node, one
MATCH (node:Entity {id: $id})
