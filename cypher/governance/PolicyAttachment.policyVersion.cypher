// The version of a policy that holds.
// relation policyVersionId -> node, one
MATCH (node:Entity {id: parent})
