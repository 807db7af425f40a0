// Let a policy hold in an environment no longer.
// write

// include governance/lock
OPTIONAL MATCH (e:Entity {id: $given.environmentId})
OPTIONAL MATCH (a:Entity {id: $given.formerId})
WITH *, properties(a) AS former,
  CASE WHEN a.validFrom >= now THEN a.validFrom + duration({microseconds: 1}) ELSE now END AS at
WITH *, CASE WHEN e IS NULL OR a IS NULL OR former.open IS NULL OR former.environmentId <> e.id THEN 'outdated' ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET a.validTo = at, l.epoch = l.epoch + 1
  REMOVE a.open, a.openKey)
RETURN outcome, at, $given.formerId AS id,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: e.id, subjectType: 'Environment',
    before: {policy: former {.policyId, .policyVersionId, .holdsBeyond}}, after: null}] AS changes
