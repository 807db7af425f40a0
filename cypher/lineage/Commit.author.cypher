// Who wrote a revision.
// relation authorId -> node, one
MATCH (node:Entity {id: parent})
