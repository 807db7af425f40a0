// The environment of an endpoint.
// relation environmentId -> node, one
MATCH (node:Entity {id: parent})
