// The version of a model with the highest number.
// relation id -> node, one
MATCH (node:ModelVersion {modelId: parent} WHERE node.number IS NOT NULL)
WITH node
ORDER BY node.number DESC
LIMIT 1
