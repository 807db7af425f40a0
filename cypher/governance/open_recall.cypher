// Recall some things, from an instant on, and tell those who answer for what stands on them. The lock is that of governance.
// write

// include governance/lock
WITH l, now AS at
CALL () {
  UNWIND $given.targets AS each
  MATCH (target:Entity {id: each.id})
  RETURN collect(target) AS targets, collect(DISTINCT target.scope) AS scopes
}
CALL () {
  UNWIND $given.owners + $given.targets AS each
  MATCH (x:Entity {id: each.id})
  RETURN collect({subjectId: x.id, subjectType: each.label, before: null, after: {recallId: $given.recall.id}}) AS told
}
WITH *, CASE
  WHEN size(targets) < size($given.targets) OR size(told) < size($given.owners + $given.targets) THEN 'outdated'
  WHEN size(scopes) > 1 THEN 'several'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | SET l.epoch = l.epoch + 1)
WITH *
CALL (targets, scopes, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN [$given.recall] ELSE [] END AS asked
  CREATE (recall:Recall:Entity)
  SET recall = asked, recall.scope = head(scopes), recall.createdAt = at, recall.recordedAt = at,
    recall.createdById = $given.actorId, recall.revision = 1, recall.isStub = false,
    recall.validFrom = coalesce(asked.validFrom, at), recall.open = true
  FOREACH (target IN targets | CREATE (recall)-[:RECALLS]->(target))
  RETURN collect({subjectId: recall.id, subjectType: 'Recall', before: null,
    after: recall {.*, targets: [target IN targets | target.id]}}) AS opened
}
RETURN outcome, at, $given.recall.id AS id, size(targets) AS targets, size(told) - size(targets) AS owners, opened + told AS changes
