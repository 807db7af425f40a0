// A deployment has rolled out: it takes its place, and what it replaces ends at the same instant, a moment from now. Its endpoint is the lock.
// write
OPTIONAL MATCH (d:Entity {id: $given.id})-[:AT]->(e:Endpoint)
SET e._lock = true
REMOVE e._lock
WITH d, e, properties(d) AS before, datetime.truncate('microsecond', datetime.realtime()) AS now
CALL (d, e) {
  MATCH (other:Deployment {endpointId: e.id, open: true})
  WHERE other.id <> d.id AND other.status = 'ACTIVE'
  RETURN collect(other) AS present
}
WITH *, [o IN present WHERE coalesce(before.replacesAll, false) OR
  CASE WHEN before.replacesIds IS NULL THEN o.role = before.role ELSE o.id IN before.replacesIds END] AS replaced
WITH *, [o IN present WHERE NOT o IN replaced] AS staying,
  [o IN replaced | {subjectId: o.id, subjectType: 'Deployment', before: properties(o)}] AS earlier,
  CASE WHEN size(replaced) = 0 THEN now ELSE now + duration({milliseconds: $given.takeoverLead}) END AS soon
WITH *, reduce(t = soon, last IN [x IN replaced + d + e | coalesce(x.changesAt, x.activeFrom, x.validFrom)] |
  CASE WHEN last >= t THEN last + duration({microseconds: 1}) ELSE t END) AS at
WITH *, [o IN staying WHERE o.role = 'PRIMARY' AND before.role = 'PRIMARY' | o {.id, .scope}] AS primaries,
  [o IN staying WHERE o.kind = 'ONLINE' AND o.role <> 'SHADOW' AND before.kind = 'ONLINE' AND before.role <> 'SHADOW' |
    o {.id, .scope, .trafficPercent}] AS shares
WITH *, CASE
  WHEN d IS NULL THEN 'outdated'
  WHEN before.open IS NULL THEN 'ended'
  WHEN before.status = 'ACTIVE' THEN 'unchanged'
  WHEN size(primaries) > 0 THEN 'taken'
  WHEN reduce(total = before.trafficPercent, each IN shares | total + each.trafficPercent) > 100.000001 THEN 'overfull'
  ELSE 'done' END AS outcome
FOREACH (o IN CASE WHEN outcome = 'done' THEN replaced ELSE [] END |
  SET o.status = 'SUPERSEDED', o.validTo = at, o.revision = o.revision + 1
  REMOVE o.open, o.openKey)
WITH *
CALL (replaced, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN replaced ELSE [] END AS o
  MATCH (o)-[serves:SERVES WHERE serves.validTo IS NULL]->()
  SET serves.validTo = at
  RETURN count(*) AS left
}
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET d.status = 'ACTIVE', d.activeFrom = at, d.revision = d.revision + 1,
    d.openKey = CASE WHEN d.role = 'PRIMARY' THEN e.id + '/PRIMARY' END, e.changesAt = at
  REMOVE d.replacesIds, d.replacesAll)
RETURN outcome, now AS at, at AS beginsAt, $given.id AS id, CASE WHEN outcome = 'done' THEN 1 ELSE 0 END AS activated, primaries, shares,
  before.trafficPercent AS share, before.status AS status, before.validTo AS validTo,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
    {subjectId: d.id, subjectType: 'Deployment', before: before, after: properties(d)}] +
  [each IN CASE WHEN outcome = 'done' THEN earlier ELSE [] END |
    each {.*, after: head([o IN replaced WHERE o.id = each.subjectId | properties(o)])}] AS changes
