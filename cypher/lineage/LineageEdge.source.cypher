// The later thing.
// relation sourceId -> node, one
MATCH (node:Entity {id: parent})
