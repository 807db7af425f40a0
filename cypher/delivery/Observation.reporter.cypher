// Who reported it last.
// relation reporterId -> node, one
MATCH (node:Entity {id: parent})
