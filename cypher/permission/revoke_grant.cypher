// Take a grant back, from now on.
// write
OPTIONAL MATCH (g:Grant {id: $given.id})
SET g._lock = true
REMOVE g._lock
WITH g, properties(g) AS before, datetime.truncate('microsecond', datetime.realtime()) AS now
WITH *, CASE WHEN before.validFrom >= now THEN before.validFrom + duration({microseconds: 1}) ELSE now END AS at, CASE
  WHEN g IS NULL THEN 'outdated'
  WHEN before.open IS NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET g.validTo = at, g.revokedById = $given.actorId
  REMOVE g.open)
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: g.id, subjectType: 'Grant', before: before, after: properties(g)}] AS changes
