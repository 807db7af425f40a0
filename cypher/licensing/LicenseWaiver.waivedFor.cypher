// What the obligations of a waiver do not hold for.
// relation waivedForId -> node, one
MATCH (node:Entity {id: parent})
