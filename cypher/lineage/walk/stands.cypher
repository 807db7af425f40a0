// Whether a recall or a mitigation stands now, or stood at the instant.
// part
CASE WHEN $asOf IS NULL THEN fact.open IS NOT NULL AND fact.validFrom <= datetime.realtime()
    AND (fact.expiresAt IS NULL OR fact.expiresAt > datetime.realtime())
  ELSE fact.validFrom <= $asOf AND (fact.validTo IS NULL OR fact.validTo > $asOf)
    AND (fact.expiresAt IS NULL OR fact.expiresAt > $asOf) END
