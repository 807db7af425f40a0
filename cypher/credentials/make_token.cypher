// Make a token of a user or a service account.
// write
OPTIONAL MATCH (a:Entity {id: $given.ownerId})
SET a._lock = true
REMOVE a._lock
WITH a, datetime.truncate('microsecond', datetime.realtime()) AS at
WITH *, coalesce($given.expiresAt, at + duration({days: $given.days})) AS expiresAt
WITH *, CASE
  WHEN a IS NULL THEN 'outdated'
  WHEN NOT (a:User OR a:ServiceAccount) THEN 'team'
  WHEN a.archivedAt IS NOT NULL THEN 'archived'
  WHEN expiresAt <= at THEN 'past'
  WHEN expiresAt > at + duration({days: $given.longest}) THEN 'late'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (t:ApiToken)
  SET t = $given.token, t.id = $given.id, t.actorId = a.id, t.validFrom = at, t.open = true, t.expiresAt = expiresAt,
    t.createdById = $given.actorId)
WITH *
OPTIONAL MATCH (t:ApiToken {id: $given.id})
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: t.id, subjectType: 'ApiToken', before: null, after: t {.*, digest: null}}] AS changes
