// Versions of models whose name matches.
// predicate
EXISTS {
  MATCH (model:Entity {id: node.modelId})
  WHERE compare(model.name)
}
