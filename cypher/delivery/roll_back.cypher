// Take back what was placed last at an endpoint: a roll-out ends, or the last good version stands there again, a moment from now. The endpoint is the lock, after those of governance and lineage.
// write

// include governance/current
OPTIONAL MATCH (e:Entity {id: $given.id})
SET e._lock = true
REMOVE e._lock
WITH e, isCurrent, datetime.truncate('microsecond', datetime.realtime()) AS now
CALL (e) {
  MATCH (d:Deployment {endpointId: e.id, open: true})
  WHERE d.role = 'PRIMARY'
  WITH d ORDER BY d.validFrom DESC
  RETURN collect(d) AS primaries
}
WITH *, head([d IN primaries WHERE d.status = 'ROLLING_OUT']) AS rolling,
  head([d IN primaries WHERE d.status = 'ACTIVE']) AS active
WITH *, coalesce(rolling, active) AS back
CALL (e, active) {
  MATCH (e)<-[:AT]-(d:Deployment)
  WHERE d.role = 'PRIMARY' AND d.open IS NULL
  WITH active, d ORDER BY d.validTo DESC, d.id DESC
  WITH active, d.versionId AS versionId, head(collect(d)) AS latest
  WHERE latest.status = 'SUPERSEDED' AND versionId <> active.versionId
  MATCH (v:Entity {id: versionId})
  WHERE v.archivedAt IS NULL AND NOT v.id IN $given.recalled AND NOT EXISTS {
    MATCH (life:VersionLifecycle {openKey: versionId})
    WHERE life.state = 'RETIRED'
  }
  WITH latest, v ORDER BY latest.validTo DESC, latest.id DESC
  RETURN head(collect({id: latest.id, versionId: v.id, decisionId: latest.decisionId, emergencyUntil: latest.emergencyUntil})) AS good
}
WITH *, properties(back) AS before,
  CASE WHEN rolling IS NULL THEN now + duration({milliseconds: $given.takeoverLead}) ELSE now END AS soon
WITH *, reduce(t = soon, last IN [x IN [e, back] | coalesce(x.changesAt, x.activeFrom, x.validFrom)] |
  CASE WHEN last >= t THEN last + duration({microseconds: 1}) ELSE t END) AS at
WITH *, {createdAt: now, recordedAt: now, createdById: $given.actorId, revision: 1, isStub: false} AS made, CASE
  WHEN e IS NULL OR NOT isCurrent THEN 'outdated'
  WHEN back IS NULL THEN 'empty'
  WHEN rolling IS NULL AND good IS NULL THEN 'no other'
  ELSE 'done' END AS outcome
WITH *, CASE WHEN outcome = 'done' THEN [back] ELSE [] END AS ended
FOREACH (d IN ended |
  SET e.changesAt = at, d.status = 'ROLLED_BACK', d.endReason = $given.reason, d.validTo = at, d.revision = d.revision + 1
  REMOVE d.open, d.openKey, d.replacesIds, d.replacesAll)
WITH *
CALL (ended, at) {
  UNWIND ended AS d
  MATCH (d)-[serves:SERVES WHERE serves.validTo IS NULL]->()
  SET serves.validTo = at
  RETURN count(*) AS left
}
CALL (e, rolling, back, good, made, now, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' AND rolling IS NULL THEN [good.versionId] ELSE [] END AS versionId
  MATCH (v:Entity {id: versionId})
  CREATE (new:Deployment:Entity)-[:AT]->(e)
  CREATE (new)-[:SERVES {id: $given.edgeId, assertedById: $given.actorId, recordedAt: now, validFrom: at}]->(v)
  SET new += made, new.id = $given.deploymentId, new.endpointId = e.id, new.environmentId = e.environmentId,
    new.versionId = v.id, new.scope = v.scope, new.restoresId = good.id,
    new.decisionId = good.decisionId, new.emergencyUntil = good.emergencyUntil, new.reason = $given.reason,
    new.kind = back.kind, new.role = back.role, new.trafficPercent = back.trafficPercent,
    new.mirrorPercent = back.mirrorPercent, new.status = 'ACTIVE', new.validFrom = at, new.activeFrom = at,
    new.open = true, new.openKey = e.id + '/PRIMARY'
  FOREACH (_ IN CASE WHEN e.scope <> v.scope THEN [1] ELSE [] END | REMOVE e.scope)
  RETURN collect({subjectId: new.id, subjectType: 'Deployment', before: null, after: properties(new)}) AS places
}
RETURN outcome, now AS at, at AS beginsAt, coalesce(head(places).subjectId, active.id, back.id) AS id, left AS ended,
  [d IN ended | {subjectId: d.id, subjectType: 'Deployment', before: before, after: properties(d)}] + places AS changes
