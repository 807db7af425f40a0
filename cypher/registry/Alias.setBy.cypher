// Who set an alias.
// relation setById -> node, one
MATCH (node:Entity {id: parent})
