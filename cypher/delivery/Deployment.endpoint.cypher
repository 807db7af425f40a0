// The endpoint of a deployment.
// relation endpointId -> node, one
MATCH (node:Entity {id: parent})
