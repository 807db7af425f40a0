// The request that was decided on.
// relation requestId -> node, one
MATCH (node:Entity {id: parent})
