// Pages about an entity.
// relation id -> node, list
// order URL node.url
MATCH (node:Link {subjectId: parent} WHERE node.url IS NOT NULL)
