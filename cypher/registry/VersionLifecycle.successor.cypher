// The version to use instead.
// relation successorId -> node, one
MATCH (node:Entity {id: parent})
