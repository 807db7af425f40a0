// Revoke a token, for good. That of somebody else is unknown, unless `isAny` says otherwise.
// write
OPTIONAL MATCH (t:ApiToken {id: $given.id})
SET t._lock = true
REMOVE t._lock
WITH t, t {.*, digest: null} AS before, datetime.truncate('microsecond', datetime.realtime()) AS now
WITH *, CASE WHEN before.validFrom >= now THEN before.validFrom + duration({microseconds: 1}) ELSE now END AS at, CASE
  WHEN t IS NULL OR NOT ($given.isAny OR before.actorId = $given.actorId) THEN 'unknown'
  WHEN before.open IS NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET t.validTo = at, t.revokedById = $given.actorId
  REMOVE t.open)
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: t.id, subjectType: 'ApiToken', before: before, after: t {.*, digest: null}}] AS changes
