// Make a link that signs in as an actor, once.
// write
OPTIONAL MATCH (a:Entity {id: $given.ownerId})
SET a._lock = true
REMOVE a._lock
WITH a, datetime.truncate('microsecond', datetime.realtime()) AS at
WITH *, CASE WHEN a:Actor AND a.archivedAt IS NULL THEN 'done' ELSE 'unknown' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (l:SignInLink)
  SET l = $given.link, l.actorId = a.id, l.recordedAt = at, l.expiresAt = at + duration({seconds: $given.seconds}))
WITH *
OPTIONAL MATCH (l:SignInLink {digest: $given.link.digest})
RETURN outcome, at, l.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: l.id, subjectType: 'SignInLink', before: null, after: l {.*, digest: null}}] AS changes
