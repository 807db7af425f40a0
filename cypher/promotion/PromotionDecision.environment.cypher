// Where a version was to be promoted.
// relation environmentId -> node, one
MATCH (node:Entity {id: parent})
