// What an event was done to.
// relation subjectId -> node, one
MATCH (node:Entity {id: parent})
