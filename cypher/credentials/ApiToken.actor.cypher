// Whom a token stands for.
// relation actorId -> node, one
MATCH (node:Entity {id: parent})
