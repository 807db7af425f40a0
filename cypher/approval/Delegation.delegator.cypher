// In whose place somebody decides.
// relation delegatorId -> node, one
MATCH (node:Entity {id: parent})
