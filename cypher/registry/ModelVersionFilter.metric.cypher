// Versions by the figure of their latest evaluation that has it.
// predicate
any(latest IN COLLECT {
  MATCH (metric:Metric {versionId: node.id, name: $value.name} WHERE metric.evaluatedAt IS NOT NULL)
  WHERE ($value.on IS NULL OR metric.onId = $value.on)
    AND coalesce(metric.slice, '') = coalesce($value.slice, '')
    AND ($value.context IS NULL OR metric.context = $value.context)
  MATCH (evaluation:Entity {id: metric.subjectId} WHERE evaluation.archivedAt IS NULL)
  RETURN metric.value
  ORDER BY metric.evaluatedAt DESC, metric.subjectId DESC
  LIMIT 1
} WHERE compare(latest))
