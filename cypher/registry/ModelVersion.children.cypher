// Versions that were made from a version.
// relation this -> node, page
// order CREATED_AT node.createdAt
MATCH (this)<-[made:DERIVED_FROM WHERE made.validTo IS NULL]-(node:ModelVersion)
WITH DISTINCT node
