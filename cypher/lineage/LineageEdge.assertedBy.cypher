// Who asserted an edge.
// relation assertedById -> node, one
MATCH (node:Entity {id: parent})
