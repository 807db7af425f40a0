// Who published a version of a policy.
// relation publishedById -> node, one
MATCH (node:Entity {id: parent})
