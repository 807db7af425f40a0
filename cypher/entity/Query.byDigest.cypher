// Versions and snapshots with a digest, and versions with such a file.
// anchor -> node, list
// order ID node.id
CALL () {
  MATCH (node:ModelVersion {artifactDigest: $digest})
  RETURN node
  UNION
  MATCH (file:ArtifactFile {digest: $digest})
  MATCH (node:Entity {id: file.subjectId})
  RETURN node
  UNION
  MATCH (node:DatasetVersion {digest: $digest})
  RETURN node
}
