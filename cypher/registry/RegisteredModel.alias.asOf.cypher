// The alias of a name in a model at an instant.
// relation id -> node, one
MATCH (node:Alias {modelId: parent, name: $name})
WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf)
