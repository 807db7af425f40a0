// The policy that it is a version of.
// relation policyId -> node, one
MATCH (node:Entity {id: parent})
