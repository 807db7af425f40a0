// End a delegation before its time; one that has yet to begin never does. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (delegation:Entity {id: $given.id})
WITH l, now AS at, delegation, properties(delegation) AS before, CASE
  WHEN delegation IS NULL THEN 'outdated'
  WHEN delegation.validTo <= now THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET delegation.validFrom = CASE WHEN delegation.validFrom > at THEN at ELSE delegation.validFrom END,
    delegation.validTo = at, delegation.endReason = $given.reason, delegation.revision = delegation.revision + 1)
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: delegation.id, subjectType: 'Delegation', before: before, after: properties(delegation)}] AS changes
