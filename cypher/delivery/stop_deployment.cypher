// End a deployment; its endpoint is the lock.
// write
OPTIONAL MATCH (d:Entity {id: $given.id})-[:AT]->(e:Endpoint)
SET e._lock = true
REMOVE e._lock
WITH d, e, properties(d) AS before, datetime.truncate('microsecond', datetime.realtime()) AS now
WITH *, reduce(t = now, last IN [x IN [e, d] | coalesce(x.changesAt, x.activeFrom, x.validFrom)] |
    CASE WHEN last >= t THEN last + duration({microseconds: 1}) ELSE t END) AS at,
  CASE WHEN d IS NULL THEN 'outdated' WHEN before.open IS NULL THEN 'ended' ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET e.changesAt = at, d.status = $given.status, d.endReason = $given.reason, d.validTo = at, d.revision = d.revision + 1
  REMOVE d.open, d.openKey, d.replacesIds, d.replacesAll)
WITH *
CALL (d, at, outcome) {
  MATCH (d)-[serves:SERVES WHERE serves.validTo IS NULL]->()
  WHERE outcome = 'done'
  SET serves.validTo = at
  RETURN count(*) AS ended
}
RETURN outcome, now AS at, at AS beginsAt, $given.id AS id, ended, before.status AS status, before.validTo AS validTo,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
    {subjectId: d.id, subjectType: 'Deployment', before: before, after: properties(d)}] AS changes
