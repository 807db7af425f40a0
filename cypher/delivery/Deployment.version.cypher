// The version that a deployment serves.
// relation versionId -> node, one
MATCH (node:Entity {id: parent})
