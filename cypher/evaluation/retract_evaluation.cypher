// Retract an evaluation, whose figures policies see and approvals stand on: the lock of governance comes first.
// write

// include governance/lock
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH l, x, properties(x) AS before, now AS at
WITH *, CASE
  WHEN x IS NULL THEN 'outdated'
  WHEN before.revision <> $given.expectedRevision THEN 'stale'
  WHEN before.archivedAt IS NOT NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1, x.archivedAt = at, x.retractionReason = $given.reason, x.revision = x.revision + 1)
RETURN outcome, at, $given.id AS id, before.revision AS revision,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
    {subjectId: x.id, subjectType: 'Evaluation', before: before, after: properties(x)}] AS changes
