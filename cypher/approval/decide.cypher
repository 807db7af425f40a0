// Decide on a request, in the place of what was decided by the same person for the same before. Both epochs have to be those of what was read.
// write

// include governance/current
WITH isCurrent, datetime.truncate('microsecond', datetime.realtime()) AS now
MATCH (l:Lock {name: 'governance'})
OPTIONAL MATCH (request:Entity {id: $given.approval.requestId})
OPTIONAL MATCH (former:Approval {openKey: $given.openKey})
WITH *, CASE WHEN former.validFrom >= now THEN former.validFrom + duration({microseconds: 1}) ELSE now END AS at
CALL (request, at) {
  OPTIONAL MATCH (d:Delegation {delegatorId: $given.approval.onBehalfOfId} WHERE d.validFrom <= at AND d.id IS NOT NULL)
  WHERE d.delegateId = $given.approval.approverId AND d.validTo > at
    AND coalesce(d.environmentId, request.environmentId) = request.environmentId
  RETURN count(d) > 0 AS isDelegated
}
WITH *, properties(former) AS before, CASE
  WHEN NOT isCurrent OR request IS NULL THEN 'outdated'
  WHEN request.open IS NULL THEN 'withdrawn'
  WHEN $given.approval.expiresAt <= at THEN 'past'
  WHEN $given.approval.onBehalfOfId IS NOT NULL AND NOT isDelegated THEN 'not delegated'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1, former.validTo = at, former.endReason = 'decided anew', former.revision = former.revision + 1
  REMOVE former.open, former.openKey)
WITH *
CALL (request, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN [$given.approval] ELSE [] END AS asked
  CREATE (approval:Approval:Entity)-[:DECIDES]->(request)
  SET approval = asked, approval.versionId = request.versionId, approval.environmentId = request.environmentId,
    approval.scope = request.scope, approval.createdAt = at, approval.recordedAt = at,
    approval.createdById = $given.actorId, approval.revision = 1, approval.isStub = false, approval.validFrom = at,
    approval.open = true, approval.openKey = $given.openKey,
    approval.teamIds = COLLECT {
      UNWIND [coalesce(asked.onBehalfOfId, asked.approverId)] + $given.teamIds AS id
      MATCH (:Entity {id: id}) (()-[m:MEMBER_OF WHERE m.validTo IS NULL]->()){0,32} (team:Team)
      RETURN DISTINCT team.id },
    approval.roles = COLLECT {
      UNWIND [coalesce(asked.onBehalfOfId, asked.approverId)] + $given.teamIds AS id
      MATCH (:Entity {id: id}) (()-[m:MEMBER_OF WHERE m.validTo IS NULL]->()){0,32} (holder:Actor)
      MATCH (holder)<-[:GRANTED_TO]-(held:Grant WHERE held.open AND coalesce(held.scopeId, request.environmentId) = request.environmentId)
      WHERE held.role IS NOT NULL
      RETURN DISTINCT held.role }
  RETURN collect({subjectId: approval.id, subjectType: 'Approval', before: null, after: properties(approval)}) AS made
}
RETURN outcome, at, $given.approval.id AS id,
  made + [_ IN CASE WHEN outcome = 'done' AND former IS NOT NULL THEN [1] ELSE [] END |
    {subjectId: former.id, subjectType: 'Approval', before: before, after: properties(former)}] AS changes
