// Who measured.
// relation evaluatorId -> node, one
MATCH (node:Entity {id: parent})
