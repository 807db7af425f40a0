// The version of a model with a number.
// relation id -> node, one
MATCH (node:ModelVersion {modelId: parent, number: $number})
