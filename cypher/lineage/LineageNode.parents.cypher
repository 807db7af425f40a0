// What an asset was made from.
// relation this -> value, list
MATCH (this)-[edge:DERIVED_FROM WHERE edge.validTo IS NULL]->(source)
RETURN edge {
  .kind, .weight, .detail, .recordedAt,
  edgeId: edge.id,
  closesCycle: coalesce(edge.closesCycle, false),
  source: source
} AS value
ORDER BY edge.id
