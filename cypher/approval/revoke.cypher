// Take a decision back. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (approval:Entity {id: $given.id})
WITH l, approval, properties(approval) AS before,
  CASE WHEN approval.validFrom >= now THEN approval.validFrom + duration({microseconds: 1}) ELSE now END AS at, CASE
  WHEN approval IS NULL THEN 'outdated'
  WHEN approval.open IS NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1, approval.validTo = at, approval.endReason = $given.reason, approval.revision = approval.revision + 1
  REMOVE approval.open, approval.openKey)
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: approval.id, subjectType: 'Approval', before: before, after: properties(approval)}] AS changes
