// End a finding, a recall or a mitigation; one that has yet to begin never does. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (fact:Entity {id: $given.id})
WITH l, fact, properties(fact) AS before, now AS at, CASE
  WHEN fact IS NULL THEN 'outdated'
  WHEN fact.open IS NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1, fact.validFrom = CASE WHEN fact.validFrom > at THEN at ELSE fact.validFrom END,
    fact.validTo = at, fact += $given.said, fact.revision = fact.revision + 1
  REMOVE fact.open)
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: fact.id, subjectType: $given.label, before: before, after: properties(fact)}] +
  [target IN CASE WHEN outcome = 'done' THEN COLLECT { MATCH (fact)-[:RECALLS]->(target) RETURN target } ELSE [] END |
    {subjectId: target.id, subjectType: head([label IN labels(target) WHERE label <> 'Entity']),
      before: {recallId: fact.id}, after: null}] AS changes
