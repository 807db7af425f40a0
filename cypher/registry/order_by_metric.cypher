// The figure that versions are ordered by: the latest of its name, dataset version and slice.
// order clause
CALL (node) {
  OPTIONAL MATCH (metric:Metric {versionId: node.id, name: $orderBy.metric.name} WHERE metric.evaluatedAt IS NOT NULL),
    (evaluation:Entity {id: metric.subjectId})
  WHERE evaluation.archivedAt IS NULL
    AND ($orderBy.metric.on IS NULL OR metric.onId = $orderBy.metric.on)
    AND coalesce(metric.slice, '') = coalesce($orderBy.metric.slice, '')
    AND ($orderBy.metric.context IS NULL OR metric.context = $orderBy.metric.context)
  RETURN CASE WHEN isNaN(metric.value) THEN null ELSE metric.value END AS figure
  ORDER BY metric.evaluatedAt DESC, metric.subjectId DESC
  LIMIT 1
}
