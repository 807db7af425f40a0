// Whether a waiver holds now, or held at the instant: it was neither revoked nor has it expired.
// part
CASE WHEN $asOf IS NULL THEN waiver.open ELSE waiver.validFrom <= $asOf
  AND (waiver.validTo IS NULL OR waiver.validTo > $asOf) END
AND (waiver.expiresAt IS NULL OR waiver.expiresAt > coalesce($asOf, datetime.realtime()))
