// What was decided when versions were to be promoted to an environment.
// relation id -> node, page
// order CREATED_AT node.createdAt, descending
MATCH (node:PromotionDecision {environmentId: parent})
