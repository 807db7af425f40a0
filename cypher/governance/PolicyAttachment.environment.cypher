// Where a policy was attached.
// relation environmentId -> node, one
MATCH (node:Entity {id: parent})
