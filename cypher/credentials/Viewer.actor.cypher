// Who asks.
// relation actor -> node, one
MATCH (node:Entity {id: parent})
