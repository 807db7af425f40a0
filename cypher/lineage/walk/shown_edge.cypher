// An edge as it is answered: the values of what `app/domain/lineage/records.py` names, in its order.
// part
[
  edge.id, type(edge), edge.role, edge.weight, edge.detail, edge.assertedById, edge.via,
  CASE type(edge) WHEN 'DERIVED_FROM' THEN edge.kind END, CASE type(edge) WHEN 'DEPENDS_ON' THEN edge.kind END,
  startNode(edge).id, endNode(edge).id, CASE WHEN $untimed THEN null ELSE edge.recordedAt END,
  CASE WHEN $untimed THEN null ELSE edge.validFrom END, CASE WHEN $untimed THEN null ELSE edge.validTo END,
  edge.retractionReason, edge.replacedById, coalesce(edge.closesCycle, false)
]
