// The alias of a name in a model.
// relation id -> node, one
MATCH (node:Alias {modelId: parent, name: $name} WHERE node.open)
