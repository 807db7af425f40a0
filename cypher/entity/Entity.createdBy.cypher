// Who created an entity.
// relation createdById -> node, one
MATCH (node:Entity {id: parent})
