// Change the draft of a policy, and what is said of the policy.
// write

// include governance/lock
OPTIONAL MATCH (p:Entity {id: $given.policyId})
OPTIONAL MATCH (v:PolicyVersion {draftOf: p.id})
WITH *, now AS at, properties(p) AS policy, properties(v) AS before
WITH *, $given.says AND coalesce(policy.description <> $given.description,
    (policy.description IS NULL) <> ($given.description IS NULL)) AS isDescribed,
  any(name IN keys($given.version) WHERE before[name] <> $given.version[name]) AS isRewritten, CASE
  WHEN p IS NULL THEN 'outdated'
  WHEN v IS NULL THEN 'no draft'
  WHEN $given.expectedRevision IS NOT NULL AND before.revision <> $given.expectedRevision THEN 'stale'
  WHEN before.revision <> $given.readRevision THEN 'outdated'
  ELSE 'done' END AS checked
WITH *, CASE WHEN checked = 'done' AND NOT isDescribed AND NOT isRewritten THEN 'unchanged' ELSE checked END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' AND isDescribed THEN [1] ELSE [] END |
  SET p.description = $given.description, p.revision = p.revision + 1)
FOREACH (_ IN CASE WHEN outcome = 'done' AND isRewritten THEN [1] ELSE [] END |
  SET v += $given.version, v.revision = v.revision + 1)
RETURN outcome, at, v.id AS id, before.revision AS revision,
  [_ IN CASE WHEN outcome = 'done' AND isDescribed THEN [1] ELSE [] END |
    {subjectId: p.id, subjectType: 'Policy', before: policy, after: properties(p)}] +
  [_ IN CASE WHEN outcome = 'done' AND isRewritten THEN [1] ELSE [] END |
    {subjectId: v.id, subjectType: 'PolicyVersion', before: before, after: properties(v)}] AS changes
