// Who set the state of a version's life.
// relation setById -> node, one
MATCH (node:Entity {id: parent})
