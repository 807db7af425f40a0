// Who decided.
// relation approverId -> node, one
MATCH (node:Entity {id: parent})
