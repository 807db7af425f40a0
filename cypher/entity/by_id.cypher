// The entity of an id.
MATCH (node:Entity {id: parent})
