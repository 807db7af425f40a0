// Take a link off an entity.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (old:Link {subjectId: x.id, url: $given.url})
WITH x, at, old, old {.kind, .url, .title} AS before,
  CASE WHEN x IS NULL THEN 'outdated' WHEN old IS NULL THEN 'unchanged' ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | SET x.revision = x.revision + 1 DELETE old)
RETURN outcome, at, $given.id AS id,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: x.id, subjectType: $given.label,
    before: {link: before}, after: null}] AS changes
