// The endpoints of an environment.
// relation id -> node, page
// order NAME node.name
MATCH (node:Endpoint {environmentId: parent})
