// Requests by the model of their version.
// predicate
EXISTS {
  MATCH (version:Entity {id: node.versionId})
  MATCH (model:Entity {id: version.modelId})
  WHERE compare(model.name)
}
