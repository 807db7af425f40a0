// Use a link up: a session begins. Of several who use it at the same time, one finds it.
// write
OPTIONAL MATCH (l:SignInLink {digest: $given.digest})
SET l._lock = true
REMOVE l._lock
WITH l, l {.*, digest: null} AS before, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (a:Entity {id: before.actorId})
WITH *, CASE
  WHEN l IS NULL OR a IS NULL OR a.archivedAt IS NOT NULL THEN 'unknown'
  WHEN before.expiresAt <= at THEN 'expired'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (s:BrowserSession)
  SET s = $given.session, s.actorId = a.id, s.startedAt = at, s.expiresAt = at + duration({seconds: $given.seconds})
  DELETE l)
WITH outcome, at, before
OPTIONAL MATCH (s:BrowserSession {digest: $given.session.digest})
RETURN outcome, at, s.id AS id, CASE outcome WHEN 'done' THEN [
  {subjectId: before.id, subjectType: 'SignInLink', before: before, after: null},
  {subjectId: s.id, subjectType: 'BrowserSession', before: null, after: s {.*, digest: null}}] ELSE [] END AS changes
