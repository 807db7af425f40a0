// The repository of a revision.
// relation repositoryId -> node, one
MATCH (node:Entity {id: parent})
