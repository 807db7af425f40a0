// Versions that are live in an environment.
// predicate
EXISTS {
  MATCH (node)<-[:SERVES]-(deployment:Deployment WHERE deployment.open)
  MATCH (environment:Entity {id: deployment.environmentId})
  WHERE environment.name = $value
}
