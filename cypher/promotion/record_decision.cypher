// Keep what was decided when a version was not let in.
// write
OPTIONAL MATCH (version:Entity {id: $given.decision.versionId})
OPTIONAL MATCH (environment:Entity {id: $given.decision.environmentId})
WITH version, environment, datetime.truncate('microsecond', datetime.realtime()) AS at,
  CASE WHEN version IS NULL OR environment IS NULL THEN 'outdated' ELSE 'done' END AS outcome
CALL (version, environment, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN [$given.decision] ELSE [] END AS asked
  CREATE (decision:PromotionDecision:Entity)-[:FOR]->(version)
  CREATE (decision)-[:TO]->(environment)
  SET decision = asked, decision.scope = version.scope, decision.createdAt = at, decision.recordedAt = at,
    decision.createdById = $given.actorId, decision.revision = 1, decision.isStub = false
  RETURN collect({subjectId: decision.id, subjectType: 'PromotionDecision', before: null, after: decision {.*, record: null}}) AS made
}
RETURN outcome, at, $given.decision.id AS id, made AS changes
