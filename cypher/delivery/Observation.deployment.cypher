// The deployment that it was seen of.
// relation deploymentId -> node, one
MATCH (node:Entity {id: parent})
