// The version that is to be admitted.
// relation versionId -> node, one
MATCH (node:Entity {id: parent})
