// Who did it.
// relation actorId -> node, one
MATCH (node:Entity {id: parent})
