// The grant that was changed.
// relation grant -> node, one
MATCH (node:Grant {id: parent})
