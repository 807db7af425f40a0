// The service account of a name, which is made when there is none.
// write
MERGE (x:Actor {name: $given.name})
SET x._lock = true
REMOVE x._lock
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at, x.id IS NULL AS isNew
FOREACH (_ IN CASE WHEN isNew THEN [1] ELSE [] END |
  SET x:ServiceAccount:Entity, x.id = $given.id, x.revision = 1, x.isStub = false, x.createdAt = at, x.recordedAt = at)
RETURN CASE WHEN isNew THEN 'done' WHEN x:ServiceAccount THEN 'unchanged' ELSE 'taken' END AS outcome, at, x.id AS id,
  [_ IN CASE WHEN isNew THEN [1] ELSE [] END |
    {subjectId: x.id, subjectType: 'ServiceAccount', before: null, after: properties(x)}] AS changes
