// Who decides in the place of somebody.
// relation delegateId -> node, one
MATCH (node:Entity {id: parent})
