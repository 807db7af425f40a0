// The environment of a deployment.
// relation environmentId -> node, one
MATCH (node:Entity {id: parent})
