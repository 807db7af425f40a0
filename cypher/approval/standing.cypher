// How the approval of a version for an environment stands, or stood: the request, and what was decided on it.
// read
WITH $given.asOf AS asOf
OPTIONAL MATCH (request:ApprovalRequest {versionId: $given.versionId} WHERE request.validFrom IS NOT NULL AND request.id IS NOT NULL)
WHERE request.environmentId = $given.environmentId AND CASE WHEN asOf IS NULL THEN request.open
  ELSE request.validFrom <= asOf AND (request.validTo IS NULL OR request.validTo > asOf) END
WITH asOf, head(collect(request)) AS request
CALL (request, asOf) {
  MATCH (approval:Approval {requestId: request.id} WHERE approval.validFrom IS NOT NULL AND approval.id IS NOT NULL)
  WHERE CASE WHEN asOf IS NULL THEN approval.open
    ELSE approval.validFrom <= asOf AND (approval.validTo IS NULL OR approval.validTo > asOf) END
  OPTIONAL MATCH (approver:Entity {id: approval.approverId})
  OPTIONAL MATCH (principal:Entity {id: approval.onBehalfOfId})
  RETURN collect(approval {.*, who: approver.name, onBehalf: principal.name,
    teams: COLLECT { UNWIND approval.teamIds AS id MATCH (team:Entity {id: id}) RETURN team.name },
    ended: COLLECT { UNWIND approval.evaluationIds AS id OPTIONAL MATCH (evaluation:Entity {id: id})
      WITH id, evaluation WHERE evaluation IS NULL OR evaluation.archivedAt <= coalesce(asOf, evaluation.archivedAt)
      RETURN id }}) AS approvals
}
RETURN request {.id, .createdById} AS request, approvals
