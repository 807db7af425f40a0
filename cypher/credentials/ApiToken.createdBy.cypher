// Who made a token.
// relation createdById -> node, one
MATCH (node:Entity {id: parent})
