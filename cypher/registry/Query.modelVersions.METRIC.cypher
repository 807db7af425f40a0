// The versions that have a figure.
// anchor -> node, page
// order METRIC figure, nullable, by registry/order_by_metric, needs metric
MATCH (measured:Metric {name: $orderBy.metric.name} WHERE measured.versionId IS NOT NULL)
MATCH (evaluation:Entity {id: measured.subjectId} WHERE evaluation.archivedAt IS NULL)
WITH DISTINCT measured.versionId AS versionId
MATCH (node:Entity:ModelVersion {id: versionId})
WITH node
