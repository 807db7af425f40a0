// Note what was seen to run at an endpoint; what is seen as before is the same observation, reported once more. The endpoint is the lock.
// write
OPTIONAL MATCH (e:Entity {id: $given.endpointId})
SET e._lock = true
REMOVE e._lock
WITH e, $given.seen AS seen, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (d:Entity {id: $given.deploymentId})
OPTIONAL MATCH (v:Entity {id: seen.versionId})
OPTIONAL MATCH (old:Observation {openKey: coalesce(d.id, e.id + '/' + seen.role)})
OPTIONAL MATCH (stray:Observation {openKey: CASE WHEN d IS NOT NULL THEN e.id + '/' + seen.role END})
WITH *, properties(old) AS before, [each IN [old, stray] WHERE each IS NOT NULL] AS earlier
WITH *, reduce(t = now, each IN earlier |
    CASE WHEN each.validFrom < t THEN t ELSE each.validFrom + duration({microseconds: 1}) END) AS at,
  all(name IN ['versionId', 'digest', 'isHealthy', 'isRunning', 'url'] WHERE coalesce(before[name] = seen[name],
    before[name] IS NULL AND seen[name] IS NULL)) AS isAlike
WITH *, CASE
  WHEN e IS NULL OR (d IS NULL AND $given.deploymentId IS NOT NULL) OR (v IS NULL AND seen.versionId IS NOT NULL) THEN 'outdated'
  WHEN before IS NOT NULL AND isAlike THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (each IN CASE WHEN outcome = 'unchanged' THEN [old] ELSE [] END |
  SET each.reportedAt = at, each.reporterId = $given.actorId, each.lastUsedAt = coalesce(seen.lastUsedAt, each.lastUsedAt))
FOREACH (each IN CASE WHEN outcome = 'done' THEN earlier ELSE [] END |
  SET each.validTo = at
  REMOVE each.open, each.openKey)
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (new:Observation:Entity)
  SET new = seen, new.id = $given.id, new.endpointId = e.id, new.environmentId = e.environmentId,
    new.deploymentId = d.id, new.scope = coalesce(d.scope, v.scope, e.scope), new.reporterId = $given.actorId,
    new.reportedAt = at, new.recordedAt = at, new.validFrom = at, new.open = true,
    new.openKey = coalesce(d.id, e.id + '/' + seen.role))
RETURN outcome, at, CASE WHEN outcome = 'unchanged' THEN before.id ELSE $given.id END AS id,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: coalesce(d.id, e.id),
    subjectType: CASE WHEN d IS NULL THEN 'Endpoint' ELSE 'Deployment' END,
    before: {observation: before {.versionId, .digest, .isRunning, .isHealthy, .url}},
    after: {observation: seen {.versionId, .digest, .isRunning, .isHealthy, .url}}}] AS changes
