// Put an entity away, or take it out again.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, properties(x) AS before, datetime.truncate('microsecond', datetime.realtime()) AS at
WITH *, CASE
  WHEN x IS NULL THEN 'outdated'
  WHEN before.revision <> $given.expectedRevision THEN 'stale'
  WHEN (before.archivedAt IS NOT NULL) = $given.isArchived THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET x.archivedAt = CASE WHEN $given.isArchived THEN at END, x.revision = x.revision + 1)
RETURN outcome, at, $given.id AS id, before.revision AS revision,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
    {subjectId: x.id, subjectType: $given.label, before: before, after: properties(x)}] AS changes
