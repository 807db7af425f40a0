// Make the user that a person is here, or take the one of that name when `adopts` allows it, and remember both.
// write
MERGE (i:Identity {issuer: $given.issuer, subject: $given.subject})
SET i._lock = true
REMOVE i._lock
WITH i, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (named:Actor {name: $given.name})
OPTIONAL MATCH (other:Identity {actorId: named.id, issuer: $given.issuer})
WITH i, at, named, properties(named) AS before, count(other) AS others
WITH *, CASE
  WHEN i.actorId IS NOT NULL THEN 'unchanged'
  WHEN named IS NULL OR ($given.adopts AND named:User AND named.archivedAt IS NULL AND others = 0) THEN 'done'
  ELSE 'taken' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET i.actorId = coalesce(named.id, $given.id), i.recordedAt = at)
FOREACH (_ IN CASE WHEN outcome = 'done' AND named IS NULL THEN [1] ELSE [] END |
  CREATE (u:User:Actor:Entity)
  SET u = $given.user, u.id = $given.id, u.name = $given.name, u.revision = 1, u.isStub = false, u.createdAt = at,
    u.recordedAt = at)
WITH *
OPTIONAL MATCH (u:Entity {id: i.actorId})
RETURN outcome, at, u.id AS id, u.name AS name, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: u.id, subjectType: 'User', before: before,
    after: u {.*, issuer: $given.issuer, subject: $given.subject}}] AS changes
