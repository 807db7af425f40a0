// What stands directly on a version: where it runs, what needs it, was made from it, read it, or was judged by it.
// relation this -> node, page
// order CREATED_AT node.createdAt
MATCH (this)<-[use:SERVES|DEPENDS_ON|DERIVED_FROM|USED|JUDGED_BY]-(node:Entity)
WHERE use.validFrom <= datetime.statement() AND (use.validTo IS NULL OR use.validTo > datetime.statement())
WITH DISTINCT node
