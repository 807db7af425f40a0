// Draft a version of a policy, which is made with its first. A policy has one draft at most.
// write

// include governance/lock
OPTIONAL MATCH (known:Policy {name: $given.name})
OPTIONAL MATCH (draft:PolicyVersion {draftOf: known.id})
WITH *, now AS at, properties(known) AS before, coalesce(known.id, $given.policyId) AS policyId,
  {createdAt: now, recordedAt: now, createdById: $given.actorId, isStub: false} AS made,
  CASE WHEN draft IS NULL THEN 'done' ELSE 'draft' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' AND known IS NULL THEN [1] ELSE [] END |
  CREATE (p:Policy:Entity {id: policyId, name: $given.name, lastNumber: 0, revision: 0})
  SET p += made)
WITH *
OPTIONAL MATCH (p:Entity {id: CASE WHEN outcome = 'done' THEN policyId END})
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET p.lastNumber = p.lastNumber + 1, p.revision = p.revision + 1,
    p.description = coalesce($given.description, p.description)
  CREATE (p)-[:HAS_VERSION]->(v:PolicyVersion:Entity {id: $given.id, policyId: p.id, number: p.lastNumber,
    state: 'DRAFT', draftOf: p.id, revision: 1})
  SET v += $given.version, v += made)
WITH *
OPTIONAL MATCH (v:PolicyVersion {draftOf: policyId})
RETURN outcome, at, v.id AS id, [each IN CASE WHEN outcome = 'done' THEN [
    {subjectId: p.id, subjectType: 'Policy', before: before, after: properties(p)},
    {subjectId: v.id, subjectType: 'PolicyVersion', before: null, after: properties(v)}] ELSE [] END] AS changes
