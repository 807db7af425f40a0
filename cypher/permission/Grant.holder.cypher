// Whom a grant is for.
// relation holderId -> node, one
MATCH (node:Entity {id: parent})
