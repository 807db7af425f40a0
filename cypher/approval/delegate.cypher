// Let somebody decide in somebody's place, from one instant to another. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (delegate:Entity {id: $given.delegation.delegateId})
WITH l, now AS at, delegate, $given.delegation AS asked, coalesce($given.delegation.validFrom, now) AS validFrom
WITH *, CASE
  WHEN delegate IS NULL THEN 'outdated'
  WHEN asked.validTo <= at THEN 'past'
  WHEN asked.validTo <= validFrom THEN 'inverted'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (delegation:Delegation:Entity)
  SET delegation = asked, delegation.createdAt = at, delegation.recordedAt = at,
    delegation.createdById = $given.actorId, delegation.revision = 1, delegation.isStub = false,
    delegation.validFrom = validFrom)
WITH *
OPTIONAL MATCH (made:Entity {id: asked.id})
RETURN outcome, at, asked.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: made.id, subjectType: 'Delegation', before: null, after: properties(made)}] AS changes
