// The repository that a repository was forked from.
// relation this -> node, one
MATCH (this)-[:FORK_OF]->(node:CodeRepository)
