// The node where a recall stops.
// relation onId -> node, one
MATCH (node:Entity {id: parent})
