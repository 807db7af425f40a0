// Give a model another name; the former one still finds it until another model takes it.
// write
OPTIONAL MATCH (m:Entity {id: $given.id})
SET m._lock = true
REMOVE m._lock
WITH m, properties(m) AS before, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (taken:RegisteredModel {name: $given.name})
WITH *, CASE
  WHEN m IS NULL THEN 'outdated'
  WHEN before.revision <> $given.expectedRevision THEN 'stale'
  WHEN before.name = $given.name THEN 'unchanged'
  WHEN m.isPrivate AND NOT $given.name CONTAINS '/' THEN 'private'
  WHEN taken IS NOT NULL THEN 'taken'
  ELSE 'done' END AS outcome
CALL (outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN [$given.name] ELSE [] END AS name
  MATCH (former:FormerName {name: name})
  DELETE former
  RETURN count(*) AS returned
}
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET m.name = $given.name, m.revision = m.revision + 1
  MERGE (former:FormerName {name: before.name})
  SET former.subjectId = m.id, former.recordedAt = at)
RETURN outcome, at, $given.id AS id, before.revision AS revision, taken.id AS takenId,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
    {subjectId: m.id, subjectType: 'RegisteredModel', before: before, after: properties(m)}] AS changes
