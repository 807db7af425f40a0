// End a browser's session.
// write
OPTIONAL MATCH (s:BrowserSession {digest: $given.digest})
SET s._lock = true
REMOVE s._lock
WITH s, s {.*, digest: null} AS before, datetime.truncate('microsecond', datetime.realtime()) AS at
FOREACH (_ IN CASE WHEN s IS NULL THEN [] ELSE [1] END | DELETE s)
RETURN CASE WHEN before IS NULL THEN 'unchanged' ELSE 'done' END AS outcome, at, before.id AS id,
  [_ IN CASE WHEN before IS NULL THEN [] ELSE [1] END |
    {subjectId: before.id, subjectType: 'BrowserSession', before: before, after: null}] AS changes
