// The recall that a mitigation stops.
// relation recallId -> node, one
MATCH (node:Entity {id: parent})
