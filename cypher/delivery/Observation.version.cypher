// The version that was seen.
// relation versionId -> node, one
MATCH (node:Entity {id: parent})
