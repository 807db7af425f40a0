// What it came from.
// relation targetId -> node, one
MATCH (node:Entity {id: parent})
