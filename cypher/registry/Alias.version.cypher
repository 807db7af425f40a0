// The version that an alias stands for.
// relation versionId -> node, one
MATCH (node:Entity {id: parent})
