// The environment that a delegation is for.
// relation environmentId -> node, one
MATCH (node:Entity {id: parent})
