// Versions that were made from a version, as it was held at an instant.
// relation this -> node, page
// order CREATED_AT node.createdAt
MATCH (this)<-[made:DERIVED_FROM]-(node:ModelVersion)
WHERE made.validFrom <= $asOf AND (made.validTo IS NULL OR made.validTo > $asOf)
WITH DISTINCT node
