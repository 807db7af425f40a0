// The audit events of a change and, when the client sent one, its idempotency key.
// note
CALL () {
  UNWIND $given.events AS event
  CALL (event) {
    UNWIND event.mentioned AS id
    MATCH (x:Entity {id: id})
    RETURN collect(DISTINCT x.scope) AS scopes
  }
  WITH event, scopes + [scope IN event.scopes WHERE NOT scope IN scopes] AS scopes
  CREATE (x:AuditEvent:Entity)
  SET x = event.properties, x.at = $given.at, x.pending = true, x.scopes = CASE WHEN scopes <> [] THEN scopes END
  RETURN count(*) AS events
}
CALL () {
  UNWIND $given.claims AS claim
  MERGE (k:IdempotencyKey {actorId: claim.actorId, operation: claim.operation, key: claim.key})
  WITH k, claim, k.createdAt IS NULL OR k.createdAt < $given.at - duration({days: 30}) AS isFree
  FOREACH (_ IN CASE WHEN isFree THEN [1] ELSE [] END |
    SET k.inputDigest = claim.inputDigest, k.resultId = claim.resultId, k.createdAt = $given.at)
  RETURN count(CASE WHEN isFree THEN 1 END) AS claims
}
RETURN CASE WHEN claims < size($given.claims) THEN 'claimed' ELSE 'done' END AS outcome, events, claims
