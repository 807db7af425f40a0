// The version that was measured.
// relation versionId -> node, one
MATCH (node:Entity {id: parent})
