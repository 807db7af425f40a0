// Say how a run ended, once. Without an instant it ended now, or when it started, should that be later.
// write
OPTIONAL MATCH (run:Entity {id: $given.id})
SET run._lock = true
REMOVE run._lock
WITH run, properties(run) AS before, datetime.truncate('microsecond', datetime.realtime()) AS at
WITH *, coalesce($given.endedAt, CASE WHEN before.startedAt > at THEN before.startedAt ELSE at END) AS endedAt
WITH *, CASE
  WHEN run IS NULL THEN 'outdated'
  WHEN NOT before.status IN $given.statuses THEN 'ended'
  WHEN endedAt < before.startedAt THEN 'backwards'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET run += $given.properties, run.endedAt = endedAt, run.revision = run.revision + 1)
RETURN outcome, at, $given.id AS id, before.status AS status, before.startedAt AS startedAt, before.endedAt AS endedAt,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
    {subjectId: run.id, subjectType: 'Run', before: before, after: properties(run)}] AS changes
