// The deployment that was measured.
// relation deploymentId -> node, one
MATCH (node:Entity {id: parent})
