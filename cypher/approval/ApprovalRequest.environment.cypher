// Where a version is to be admitted.
// relation environmentId -> node, one
MATCH (node:Entity {id: parent})
