// The aliases that point to a version at an instant.
// relation id -> node, list
// order NAME node.name
MATCH (node:Alias {versionId: parent})
WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf)
