// The earlier deployment whose version a deployment has brought back.
// relation restoresId -> node, one
MATCH (node:Entity {id: parent})
