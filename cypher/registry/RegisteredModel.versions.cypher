// The versions of a model.
// relation id -> node, page
// order NUMBER node.number
// order CREATED_AT node.createdAt
// order METRIC figure, nullable, by registry/order_by_metric, needs metric
MATCH (node:ModelVersion {modelId: parent} WHERE node.number IS NOT NULL)
