// The aliases of a model.
// relation id -> node, list
// order NAME node.name
MATCH (node:Alias {modelId: parent} WHERE node.name IS NOT NULL)
WHERE node.open
