// The tags of an entity.
// relation id -> node, list
// order KEY node.key
MATCH (node:Tag {subjectId: parent} WHERE node.key IS NOT NULL)
