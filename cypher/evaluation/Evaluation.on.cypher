// The data that a version was measured on.
// relation onId -> node, one
MATCH (node:Entity {id: parent})
