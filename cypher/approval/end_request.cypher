// Withdraw a request, and end with it all that was decided on it. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (request:Entity {id: $given.id})
CALL (request) {
  MATCH (approval:Approval {requestId: request.id} WHERE approval.validFrom IS NOT NULL AND approval.id IS NOT NULL)
  WHERE approval.open
  RETURN collect(approval) AS decisions
}
WITH l, request, decisions, properties(request) AS before,
  [d IN decisions | {subjectId: d.id, subjectType: 'Approval', before: properties(d)}] AS earlier,
  reduce(t = now, d IN decisions + [request] |
    CASE WHEN d.validFrom < t THEN t ELSE d.validFrom + duration({microseconds: 1}) END) AS at,
  any(d IN decisions WHERE d.decision = 'REJECTED' AND d.approverId <> request.createdById) AS isContested
WITH *, CASE
  WHEN request IS NULL OR isContested <> $given.isContested THEN 'outdated'
  WHEN request.open IS NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1, request.validTo = at, request.endReason = $given.reason, request.revision = request.revision + 1
  REMOVE request.open, request.openKey)
FOREACH (d IN CASE WHEN outcome = 'done' THEN decisions ELSE [] END |
  SET d.validTo = at, d.endReason = 'the request was withdrawn', d.revision = d.revision + 1
  REMOVE d.open, d.openKey)
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: request.id, subjectType: 'ApprovalRequest', before: before, after: properties(request)}] +
  [each IN CASE WHEN outcome = 'done' THEN earlier ELSE [] END |
    each {.*, after: head([d IN decisions WHERE d.id = each.subjectId | properties(d)])}] AS changes
