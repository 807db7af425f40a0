// What stood directly on a version at an instant.
// relation this -> node, page
// order CREATED_AT node.createdAt
MATCH (this)<-[use:SERVES|DEPENDS_ON|DERIVED_FROM|USED|JUDGED_BY]-(node:Entity)
WHERE use.validFrom <= $asOf AND (use.validTo IS NULL OR use.validTo > $asOf)
WITH DISTINCT node
