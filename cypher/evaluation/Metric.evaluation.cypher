// The evaluation of a figure.
// relation subjectId -> node, one
MATCH (node:Entity {id: parent})
