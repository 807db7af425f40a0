// Begin a browser's session in the name of an actor.
// write
OPTIONAL MATCH (a:Entity {id: $given.ownerId})
SET a._lock = true
REMOVE a._lock
WITH a, datetime.truncate('microsecond', datetime.realtime()) AS at
WITH *, at + duration({seconds: $given.seconds}) AS latest,
  CASE WHEN a:Actor AND a.archivedAt IS NULL THEN 'done' ELSE 'unknown' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (s:BrowserSession)
  SET s = $given.session, s.actorId = a.id, s.startedAt = at,
    s.expiresAt = CASE WHEN $given.expiresAt < latest THEN $given.expiresAt ELSE latest END)
WITH *
OPTIONAL MATCH (s:BrowserSession {digest: $given.session.digest})
RETURN outcome, at, s.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: s.id, subjectType: 'BrowserSession', before: null, after: s {.*, digest: null}}] AS changes
