// Versions that are live in an environment.
// predicate
EXISTS {
  MATCH (node)<-[:SERVES]-(deployment:Deployment)
  MATCH (environment:Entity {id: deployment.environmentId})
  WHERE environment.name = $value AND deployment.validFrom <= datetime.statement()
    AND (deployment.validTo IS NULL OR deployment.validTo > datetime.statement())
}
