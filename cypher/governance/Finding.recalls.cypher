// The recalls that a finding led to, by id.
// relation id -> node, list
// order ID node.id
MATCH (node:Recall {findingId: parent})
