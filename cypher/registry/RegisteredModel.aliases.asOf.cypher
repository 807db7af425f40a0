// The aliases of a model at an instant.
// relation id -> node, list
// order NAME node.name
MATCH (node:Alias {modelId: parent} WHERE node.name IS NOT NULL)
WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf)
