// Whether an edge holds now, or held at the instant. To serve begins at an instant that may be still to come.
// part
CASE
  WHEN $asOf IS NULL THEN (edge.validTo IS NULL OR edge.validTo > datetime.statement())
    AND (NOT edge:SERVES OR edge.validFrom <= datetime.statement())
  ELSE edge.validFrom <= $asOf AND (edge.validTo IS NULL OR edge.validTo > $asOf) END
