// The model of a version.
// relation modelId -> node, one
MATCH (node:Entity {id: parent})
