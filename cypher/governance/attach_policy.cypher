// Let a version of a policy hold in an environment from now on, in the place of another version of it.
// write

// include governance/lock
OPTIONAL MATCH (v:Entity {id: $given.versionId})
OPTIONAL MATCH (e:Entity {id: $given.environmentId})
OPTIONAL MATCH (old:PolicyAttachment {openKey: e.id + '/' + v.policyId})
WITH *, $given.attachment AS said, properties(old) AS former,
  CASE WHEN old.validFrom >= now THEN old.validFrom + duration({microseconds: 1}) ELSE now END AS at
WITH *, CASE
  WHEN v IS NULL OR e IS NULL OR v.state <> 'PUBLISHED' OR coalesce(old.id, '') <> coalesce($given.formerId, '')
    THEN 'outdated'
  WHEN e.archivedAt IS NOT NULL THEN 'archived'
  WHEN old.policyVersionId = v.id AND old.holdsBeyond = said.holdsBeyond THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET old.validTo = at, l.epoch = l.epoch + 1
  REMOVE old.open, old.openKey
  CREATE (a:PolicyAttachment:Entity)-[:ATTACHES]->(v)
  CREATE (a)-[:HOLDS_IN]->(e)
  SET a = said, a.policyId = v.policyId, a.policyVersionId = v.id, a.environmentId = e.id,
    a.attachedById = $given.actorId, a.recordedAt = at, a.validFrom = at, a.open = true,
    a.openKey = e.id + '/' + v.policyId)
RETURN outcome, at, CASE WHEN outcome = 'unchanged' THEN former.id ELSE said.id END AS id,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: e.id, subjectType: 'Environment',
    before: CASE WHEN former IS NOT NULL THEN {policy: former {.policyId, .policyVersionId, .holdsBeyond}} END,
    after: {policy: {policyId: v.policyId, policyVersionId: v.id, holdsBeyond: said.holdsBeyond}}}] AS changes
