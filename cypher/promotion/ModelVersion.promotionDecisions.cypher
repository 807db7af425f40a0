// What was decided when a version was to be promoted.
// relation id -> node, page
// order CREATED_AT node.createdAt, descending
MATCH (node:PromotionDecision {versionId: parent})
