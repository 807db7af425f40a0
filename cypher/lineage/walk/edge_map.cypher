// An edge as it is answered, its instants as text.
// part
edge {
  .id, .role, .weight, .detail, .assertedById, viaId: edge.via, kind: type(edge),
  derivation: CASE type(edge) WHEN 'DERIVED_FROM' THEN edge.kind END,
  dependency: CASE type(edge) WHEN 'DEPENDS_ON' THEN edge.kind END,
  sourceId: startNode(edge).id, targetId: endNode(edge).id,
  recordedAt: toString(edge.recordedAt), validFrom: toString(edge.validFrom), validTo: toString(edge.validTo),
  .retractionReason, .replacedById, closesCycle: coalesce(edge.closesCycle, false)
}
