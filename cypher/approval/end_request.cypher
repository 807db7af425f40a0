// Withdraw a request, with all that was decided on it. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (request:Entity {id: $given.id})
WITH l, request, properties(request) AS before,
  CASE WHEN request.validFrom >= now THEN request.validFrom + duration({microseconds: 1}) ELSE now END AS at, CASE
  WHEN request IS NULL THEN 'outdated'
  WHEN request.open IS NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1, request.validTo = at, request.endReason = $given.reason, request.revision = request.revision + 1
  REMOVE request.open, request.openKey)
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: request.id, subjectType: 'ApprovalRequest', before: before, after: properties(request)}] AS changes
