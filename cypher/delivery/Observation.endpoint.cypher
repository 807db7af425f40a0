// The endpoint where it was seen.
// relation endpointId -> node, one
MATCH (node:Entity {id: parent})
