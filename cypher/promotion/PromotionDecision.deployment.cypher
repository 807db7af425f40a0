// The deployment that a decision let in.
// relation deploymentId -> node, one
MATCH (node:Entity {id: parent})
