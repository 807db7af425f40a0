// Publish the draft of a policy.
// write

// include governance/lock
OPTIONAL MATCH (p:Entity {id: $given.policyId})
OPTIONAL MATCH (v:PolicyVersion {draftOf: p.id})
WITH *, now AS at, properties(v) AS before, CASE
  WHEN p IS NULL THEN 'outdated'
  WHEN v IS NULL THEN 'no draft'
  WHEN v.revision <> $given.expectedRevision THEN 'stale'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET v.state = 'PUBLISHED', v.publishedAt = at, v.publishedById = $given.actorId, v.revision = v.revision + 1,
    l.epoch = l.epoch + 1
  REMOVE v.draftOf)
RETURN outcome, at, v.id AS id, before.revision AS revision, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: v.id, subjectType: 'PolicyVersion', before: before, after: properties(v)}] AS changes
