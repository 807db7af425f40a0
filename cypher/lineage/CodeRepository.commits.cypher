// The known revisions of a repository.
// relation this -> node, page
// order CREATED_AT node.createdAt, descending
MATCH (this)<-[:IN_REPOSITORY]-(node:Commit)
WITH DISTINCT node
