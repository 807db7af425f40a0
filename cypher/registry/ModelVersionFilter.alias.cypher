// Versions that an alias points to.
// predicate
EXISTS {
  MATCH (alias:Alias {versionId: node.id} WHERE alias.open)
  WHERE compare(alias.name)
}
