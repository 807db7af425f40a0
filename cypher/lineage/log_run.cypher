// Write what a run has logged, as it was merged with what it had logged before.
// write
OPTIONAL MATCH (run:Entity {id: $given.id})
SET run._lock = true
REMOVE run._lock
WITH run, datetime.truncate('microsecond', datetime.realtime()) AS at, CASE
  WHEN run IS NULL THEN 'outdated'
  WHEN NOT run.status IN $given.statuses THEN 'ended'
  WHEN run.revision <> $given.revision THEN 'outdated'
  ELSE 'done' END AS outcome
CALL (run, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN $given.series ELSE [] END AS series
  MERGE (s:MetricSeries {subjectId: run.id, name: series.name})
  SET s = series, s.subjectId = run.id, s.recordedAt = at
  RETURN count(*) AS series
}
CALL (run, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN $given.parameters ELSE [] END AS parameter
  CREATE (p:Parameter)
  SET p = parameter, p.subjectId = run.id
  RETURN count(*) AS parameters
}
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | SET run.revision = run.revision + 1)
RETURN outcome, at, $given.id AS id, run.status AS status, run.endedAt AS endedAt, series, parameters,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
    {subjectId: run.id, subjectType: 'Run', before: null, after: null}] AS changes
