// Put a link on an entity; one with the same URL is described anew.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (old:Link {subjectId: x.id, url: $given.link.url})
WITH x, at, old {.kind, .url, .title} AS before, CASE
  WHEN x IS NULL THEN 'outdated'
  WHEN old.kind = $given.link.kind AND coalesce(old.title, '') = coalesce($given.link.title, '') THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  MERGE (l:Link {subjectId: x.id, url: $given.link.url})
  SET l += $given.link, x.revision = x.revision + 1)
RETURN outcome, at, $given.id AS id,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: x.id, subjectType: $given.label,
    before: {link: before}, after: {link: $given.link}}] AS changes
