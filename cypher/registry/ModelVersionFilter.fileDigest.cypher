// Versions with a file of a digest.
// predicate
EXISTS {
  MATCH (file:ArtifactFile {digest: $value})
  WHERE file.subjectId = node.id
}
