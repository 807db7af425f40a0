// Whether an edge holds now, or held at the instant.
// part
CASE WHEN $asOf IS NULL THEN edge.validTo IS NULL OR edge.validTo > datetime.statement()
  ELSE edge.validFrom <= $asOf AND (edge.validTo IS NULL OR edge.validTo > $asOf) END
