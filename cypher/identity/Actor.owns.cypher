// What somebody answers for.
// relation this -> node, page
// order CREATED_AT node.createdAt
MATCH (this)-[held:OWNS WHERE held.validTo IS NULL]->(node:Entity)
WITH DISTINCT node
