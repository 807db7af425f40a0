// Versions in one of these states of their life.
// predicate
EXISTS {
  MATCH (life:VersionLifecycle {subjectId: node.id} WHERE life.open)
  WHERE life.state IN $value
}
