// Where a recall stopped at an instant.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Mitigation {recallId: parent} WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf)
  AND (node.expiresAt IS NULL OR node.expiresAt > $asOf))
