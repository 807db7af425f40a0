// Who attached a policy.
// relation attachedById -> node, one
MATCH (node:Entity {id: parent})
