// The aliases that point to a version.
// relation id -> node, list
// order NAME node.name
MATCH (node:Alias {versionId: parent})
WHERE node.open
