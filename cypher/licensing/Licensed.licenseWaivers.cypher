// What waives obligations of the license of something.
// relation id -> node, list
// order ID node.id
MATCH (node:LicenseWaiver {assetId: parent})
WHERE node.open AND (node.expiresAt IS NULL OR node.expiresAt > datetime.realtime())
