// The version that was to be promoted.
// relation versionId -> node, one
MATCH (node:Entity {id: parent})
