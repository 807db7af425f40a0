// Deployments that are live and were let in without approvals, and whether these had to be there by now.
// read
UNWIND $given.ids AS id
MATCH (deployment:Entity {id: id})
WHERE deployment.validFrom <= datetime.statement() AND (deployment.validTo IS NULL OR deployment.validTo > datetime.statement())
  AND deployment.emergencyUntil IS NOT NULL
RETURN collect(deployment {.id, .versionId, .environmentId,
  isOver: deployment.emergencyUntil <= datetime.realtime()}) AS deployments
