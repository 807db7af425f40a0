// Place a version at an endpoint, which is made on its first use; what it replaces ends at the same instant, a moment from now, or when it has rolled out. What let it in is kept with it.
// write

// include governance/current
MERGE (e:Endpoint {environmentId: $given.environmentId, location: $given.location, name: $given.name})
SET e._lock = true
REMOVE e._lock
WITH e, isCurrent, e.id IS NULL AS isNew, $given.deployment AS asked, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (environment:Entity {id: $given.environmentId})
CALL (e) {
  MATCH (d:Deployment {endpointId: e.id, open: true})
  RETURN collect(d) AS present
}
WITH *, asked.status = 'ROLLING_OUT' AS isRollingOut,
  CASE WHEN environment.locations <> [] THEN environment.locations ELSE [$given.location] END AS locations
WITH *, [d IN present WHERE $given.replaceAll OR
  CASE WHEN $given.replaces IS NULL THEN d.role = asked.role ELSE d.id IN $given.replaces END] AS replaced
WITH *, [d IN present WHERE NOT d IN replaced] AS staying,
  [d IN replaced WHERE NOT isRollingOut OR d.status = 'ROLLING_OUT'] AS ended
WITH *,
  [d IN ended | {subjectId: d.id, subjectType: 'Deployment', before: properties(d)}] AS earlier,
  CASE WHEN size(ended) = 0 THEN now ELSE now + duration({milliseconds: $given.takeoverLead}) END AS soon
WITH *, reduce(t = soon, last IN [x IN ended + e | coalesce(x.changesAt, x.activeFrom, x.validFrom)] |
  CASE WHEN last >= t THEN last + duration({microseconds: 1}) ELSE t END) AS at
WITH *, [id IN coalesce($given.replaces, []) WHERE NOT id IN [d IN present | d.id]] AS unknown,
  [d IN staying WHERE d.role = 'PRIMARY' AND asked.role = 'PRIMARY' AND (isRollingOut OR d.status = 'ACTIVE') |
    d {.id, .scope}] AS primaries,
  [d IN staying WHERE d.status = 'ACTIVE' AND d.kind = 'ONLINE' AND d.role <> 'SHADOW' AND asked.kind = 'ONLINE' AND asked.role <> 'SHADOW' |
    d {.id, .scope, .trafficPercent}] AS shares
WITH *, {createdAt: now, recordedAt: now, createdById: $given.actorId, revision: 1, isStub: false} AS made, CASE
  WHEN NOT isCurrent THEN 'outdated'
  WHEN $given.decision.emergencyExpiresAt <= at THEN 'past'
  WHEN e.archivedAt IS NOT NULL THEN 'archived'
  WHEN NOT $given.location IN locations THEN 'elsewhere'
  WHEN size(unknown) > 0 THEN 'not open'
  WHEN size(primaries) > 0 THEN 'taken'
  WHEN reduce(total = asked.trafficPercent, each IN shares | total + each.trafficPercent) > 100.000001 THEN 'overfull'
  ELSE 'done' END AS outcome
FOREACH (d IN CASE WHEN outcome = 'done' THEN ended ELSE [] END |
  SET d.status = CASE WHEN d.status = 'ROLLING_OUT' THEN 'STOPPED' ELSE 'SUPERSEDED' END, d.validTo = at, d.revision = d.revision + 1
  REMOVE d.open, d.openKey)
WITH *
CALL (ended, at) {
  UNWIND ended AS d
  MATCH (d)-[serves:SERVES WHERE serves.validTo IS NULL]->()
  SET serves.validTo = at
  RETURN count(*) AS left
}
CALL (e, isNew, asked, isRollingOut, environment, made, now, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN [$given.versionId] ELSE [] END AS versionId
  MATCH (v:Entity {id: versionId})
  WHERE environment IS NOT NULL
  FOREACH (_ IN CASE WHEN isNew THEN [1] ELSE [] END |
    CREATE (e)-[:IN]->(environment)
    SET e:Entity, e.id = $given.endpointId, e += made, e.scope = v.scope)
  FOREACH (_ IN CASE WHEN e.scope <> v.scope THEN [1] ELSE [] END | REMOVE e.scope)
  SET e.changesAt = at
  CREATE (new:Deployment:Entity)-[:AT]->(e)
  CREATE (new)-[:SERVES {id: $given.edgeId, assertedById: $given.actorId, recordedAt: now, validFrom: at}]->(v)
  SET new = asked, new += made, new.endpointId = e.id,
    new.environmentId = environment.id, new.versionId = v.id, new.scope = v.scope,
    new.validFrom = at, new.activeFrom = CASE WHEN NOT isRollingOut THEN at END, new.open = true,
    new.decisionId = $given.decision.id, new.emergencyUntil = $given.decision.emergencyExpiresAt,
    new.openKey = CASE WHEN asked.role = 'PRIMARY' THEN e.id + '/PRIMARY' + CASE WHEN isRollingOut THEN '/ROLLING_OUT' ELSE '' END END
  FOREACH (decided IN CASE WHEN $given.decision IS NULL THEN [] ELSE [$given.decision] END |
    CREATE (decision:PromotionDecision:Entity)-[:FOR]->(v)
    CREATE (decision)-[:TO]->(environment)
    SET decision = decided, decision += made, decision.deploymentId = new.id, decision.scope = v.scope)
  RETURN count(*) AS placed, collect({subjectId: new.id, subjectType: 'Deployment', after: properties(new)}) AS places
}
FOREACH (_ IN CASE WHEN placed > 0 AND $given.decision IS NOT NULL THEN [1] ELSE [] END |
  MERGE (l:Lock {name: 'governance'}) SET l.epoch = l.epoch + 1)
WITH *
OPTIONAL MATCH (decision:Entity {id: CASE WHEN placed > 0 THEN $given.decision.id END})
RETURN CASE WHEN outcome = 'done' AND placed = 0 THEN 'outdated' ELSE outcome END AS outcome, now AS at, at AS beginsAt, coalesce($given.decision.id, asked.id) AS id, placed, unknown, primaries, shares, asked.trafficPercent AS share, locations,
  [_ IN CASE WHEN decision IS NULL THEN [] ELSE [1] END |
    {subjectId: decision.id, subjectType: 'PromotionDecision', before: null, after: decision {.*, record: null}}] +
  [each IN places + CASE WHEN isNew THEN [{subjectId: e.id, subjectType: 'Endpoint', after: properties(e)}] ELSE [] END |
    each {.*, before: null}] + [each IN earlier |
    each {.*, after: head([d IN ended WHERE d.id = each.subjectId | properties(d)])}] AS changes
