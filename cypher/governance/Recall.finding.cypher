// The finding that led to a recall.
// relation findingId -> node, one
MATCH (node:Entity {id: parent})
