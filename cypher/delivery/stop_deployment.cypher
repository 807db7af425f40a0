// End a deployment; its endpoint is the lock.
// write
OPTIONAL MATCH (d:Entity {id: $given.id})-[:AT]->(e:Endpoint)
SET e._lock = true
REMOVE e._lock
WITH d, properties(d) AS before, datetime.truncate('microsecond', datetime.realtime()) AS now
WITH *, CASE WHEN coalesce(before.activeFrom, before.validFrom) >= now THEN coalesce(before.activeFrom, before.validFrom) + duration({microseconds: 1}) ELSE now END AS at,
  CASE WHEN d IS NULL THEN 'outdated' WHEN before.open IS NULL THEN 'ended' ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET d.status = $given.status, d.endReason = $given.reason, d.validTo = at, d.revision = d.revision + 1
  REMOVE d.open, d.openKey, d.replacesIds, d.replacesAll)
WITH *
CALL (d, at, outcome) {
  MATCH (d)-[serves:SERVES WHERE serves.validTo IS NULL]->()
  WHERE outcome = 'done'
  SET serves.validTo = at
  RETURN count(*) AS ended
}
RETURN outcome, at, now, $given.id AS id, ended, before.status AS status, before.validTo AS validTo,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
    {subjectId: d.id, subjectType: 'Deployment', before: before, after: properties(d)}] AS changes
