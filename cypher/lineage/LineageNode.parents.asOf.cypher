// What an asset was made from, as it was held at an instant.
// relation this -> value, list
MATCH (this)-[edge:DERIVED_FROM]->(source)
WHERE edge.validFrom <= $asOf AND (edge.validTo IS NULL OR edge.validTo > $asOf)
RETURN edge {
  .kind, .weight, .detail, .recordedAt,
  edgeId: edge.id,
  closesCycle: coalesce(edge.closesCycle, false),
  source: source
} AS value
ORDER BY edge.id
