// What a grant is over.
// relation scopeId -> node, one
MATCH (node:Entity {id: parent})
