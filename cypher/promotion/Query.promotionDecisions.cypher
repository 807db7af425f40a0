// All decisions of promotions.
// anchor -> node, page
// order CREATED_AT node.createdAt, descending
MATCH (node:PromotionDecision)
