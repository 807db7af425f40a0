// Where versions were asked to be let in, and what was decided when they were to be promoted, the latest first.
// read
WITH $given.asOf AS asOf
CALL (asOf) {
  UNWIND $given.versions AS id
  MATCH (request:ApprovalRequest {versionId: id} WHERE request.validFrom IS NOT NULL AND request.id IS NOT NULL)
  WHERE CASE WHEN asOf IS NULL THEN request.open
    ELSE request.validFrom <= asOf AND (request.validTo IS NULL OR request.validTo > asOf) END
  MATCH (environment:Entity {id: request.environmentId})
  WITH id, environment ORDER BY environment.position, environment.name
  RETURN collect([id, environment.id]) AS requests
}
CALL (asOf) {
  UNWIND $given.versions AS id
  CALL (id, asOf) {
    MATCH (decision:PromotionDecision {versionId: id} WHERE decision.createdAt IS NOT NULL AND decision.id IS NOT NULL)
    WHERE asOf IS NULL OR decision.createdAt <= asOf
    WITH decision ORDER BY decision.createdAt DESC, decision.id DESC
    RETURN collect(decision) AS made
  }
  RETURN collect({versionId: id, count: size(made), latest: [each IN made[..$given.most] | each {.id, .createdById, .record}]}) AS promotions
}
RETURN requests, promotions
