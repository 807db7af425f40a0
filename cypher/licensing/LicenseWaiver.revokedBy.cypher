// Who revoked a waiver.
// relation revokedById -> node, one
MATCH (node:Entity {id: parent})
