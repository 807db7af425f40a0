// Record something that somebody has to know of some things. The lock is that of governance: who decides reads it.
// write

// include governance/lock
WITH l, now AS at
CALL () {
  UNWIND $given.about AS id
  MATCH (x:Entity {id: id})
  RETURN collect(x) AS about, collect(DISTINCT x.scope) AS scopes
}
CALL () {
  UNWIND $given.owners AS id
  MATCH (owner:Entity {id: id})
  RETURN collect(owner) AS owners
}
WITH *, CASE
  WHEN size(about) < size($given.about) OR size(owners) < size($given.owners) THEN 'outdated'
  WHEN size(scopes) > 1 THEN 'several'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | SET l.epoch = l.epoch + 1)
WITH *
CALL (about, owners, scopes, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN [$given.finding] ELSE [] END AS asked
  CREATE (finding:Finding:Entity)
  SET finding = asked, finding.scope = head(scopes), finding.createdAt = at, finding.recordedAt = at,
    finding.createdById = $given.actorId, finding.revision = 1, finding.isStub = false,
    finding.validFrom = at, finding.open = true
  FOREACH (x IN about | CREATE (finding)-[:ABOUT]->(x))
  FOREACH (owner IN owners | CREATE (owner)-[:OWNS {validFrom: at}]->(finding))
  RETURN collect({subjectId: finding.id, subjectType: 'Finding', before: null,
    after: finding {.*, about: [x IN about | x.id], ownerId: head(owners).id}}) AS made
}
RETURN outcome, at, $given.finding.id AS id, size(about) AS about, size(owners) AS owners, made AS changes
