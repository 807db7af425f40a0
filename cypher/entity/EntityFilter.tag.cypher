// Entities with a tag.
// predicate
EXISTS {
  MATCH (tag:Tag {subjectId: node.id, key: $value.key})
  WHERE compare(tag.value, value)
}
