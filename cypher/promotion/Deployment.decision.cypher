// What let a deployment in.
// relation decisionId -> node, one
MATCH (node:Entity {id: parent})
