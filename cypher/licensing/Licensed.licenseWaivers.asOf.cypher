// What waived obligations of the license of something at an instant.
// relation id -> node, list
// order ID node.id
MATCH (node:LicenseWaiver {assetId: parent})
WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf)
  AND (node.expiresAt IS NULL OR node.expiresAt > $asOf)
