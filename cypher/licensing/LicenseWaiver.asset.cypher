// What has the license that a waiver is about.
// relation assetId -> node, one
MATCH (node:Entity {id: parent})
