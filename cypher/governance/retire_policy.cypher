// Retire a published version of a policy that is attached nowhere.
// write

// include governance/lock
OPTIONAL MATCH (v:PolicyVersion {policyId: $given.policyId, number: $given.number})
CALL (v) {
  MATCH (a:PolicyAttachment {policyVersionId: v.id} WHERE a.validFrom IS NOT NULL AND a.id IS NOT NULL)
  WHERE a.open
  MATCH (e:Entity {id: a.environmentId})
  WITH e ORDER BY e.position, e.name
  RETURN collect(e.name) AS environments
}
WITH *, now AS at, properties(v) AS before, CASE
  WHEN v IS NULL OR v.state = 'DRAFT' THEN 'unknown'
  WHEN v.state = 'RETIRED' THEN 'unchanged'
  WHEN size(environments) > 0 THEN 'in use'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET v.state = 'RETIRED', v.retiredAt = at, v.revision = v.revision + 1, l.epoch = l.epoch + 1)
RETURN outcome, at, v.id AS id, environments, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: v.id, subjectType: 'PolicyVersion', before: before, after: properties(v)}] AS changes
