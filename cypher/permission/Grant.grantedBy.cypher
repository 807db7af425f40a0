// Who gave a grant.
// relation grantedById -> node, one
MATCH (node:Entity {id: parent})
