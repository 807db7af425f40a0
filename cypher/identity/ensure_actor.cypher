// The actor of that name; a user, when it has to be made.
// write
MERGE (x:Actor {name: $given.name})
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at, x.id IS NULL AS isNew
FOREACH (_ IN CASE WHEN isNew THEN [1] ELSE [] END |
  SET x:User:Entity, x.id = $given.id, x.revision = 1, x.isStub = false, x.createdAt = at, x.recordedAt = at)
RETURN CASE WHEN isNew THEN 'done' ELSE 'unchanged' END AS outcome, at, x.id AS id,
  CASE WHEN isNew THEN [{subjectId: x.id, subjectType: 'User', before: null, after: properties(x)}] ELSE [] END AS changes
