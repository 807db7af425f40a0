// In whose place somebody decided.
// relation onBehalfOfId -> node, one
MATCH (node:Entity {id: parent})
