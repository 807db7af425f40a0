// Add nodes, what describes them, and what leads from and to them; a stub among the nodes is completed.
// write
FOREACH (_ IN CASE WHEN size($given.guards) > 0 THEN [1] ELSE [] END |
  MERGE (l:Lock {name: 'lineage'}) ON CREATE SET l.epoch = 0 SET l.epoch = l.epoch + 1)
WITH datetime.truncate('microsecond', datetime.realtime()) AS at
CALL () {
  UNWIND $given.takenNames AS name
  MATCH (former:FormerName {name: name})
  DELETE former
  RETURN count(*) AS formerNames
}
CALL (at) {
  UNWIND $given.nodes AS n
  MERGE (x:Entity {id: n.id})
  SET x._lock = true
  REMOVE x._lock
  WITH n, x, at, CASE WHEN x.recordedAt IS NOT NULL THEN properties(x) END AS before
  SET x += n.properties, x:$(n.labels), x.isStub = n.isStub, x.revision = coalesce(x.revision, 0) + 1,
    x.createdAt = coalesce(x.createdAt, at), x.recordedAt = coalesce(x.recordedAt, at),
    x.createdById = coalesce(x.createdById, $given.actorId)
  FOREACH (_ IN CASE WHEN n.completesUnknown THEN [1] ELSE [] END | REMOVE x:UnknownAsset)
  RETURN count(*) AS nodes, count(CASE WHEN NOT before.isStub THEN 1 END) AS described,
    collect({subjectId: x.id, subjectType: n.label, before: before, after: properties(x)}) AS changes
}
CALL (at) {
  UNWIND $given.satellites AS s
  CREATE (x)
  SET x:$(s.labels), x += s.properties, x.recordedAt = CASE WHEN s.isRecorded THEN at END
  RETURN count(*) AS satellites
}
CALL (at) {
  UNWIND $given.edges AS e
  MATCH (source:Entity {id: e.from})
  MATCH (target:Entity {id: e.to})
  FOREACH (_ IN CASE WHEN e.isNew OR NOT EXISTS {
      MATCH (source)-[r]->(target)
      WHERE type(r) = e.type AND r.validTo IS NULL AND coalesce(r.role, '') = e.role
          AND coalesce(r.kind, '') = e.kind AND coalesce(r.via, '') = e.via
    } THEN [1] ELSE [] END |
    CREATE (source)-[r:$(e.type)]->(target)
    SET r += e.properties, r.recordedAt = at, r.validFrom = at, r.assertedById = $given.actorId)
  RETURN count(*) AS edges
}
CALL (at) {
  UNWIND $given.ties AS t
  MATCH (source:Entity {id: t.from})
  MATCH (target:Entity {id: t.to})
  CREATE (source)-[r:$(t.type)]->(target)
  SET r.validFrom = CASE WHEN t.isInterval THEN at END
  RETURN count(*) AS ties
}
CALL () {
  UNWIND $given.guards AS g
  MATCH (source:Entity {id: g.from})
  MATCH (target:Entity {id: g.to})
  MATCH p = shortestPath(
    (target)-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*..]->(source))
  WHERE all(r IN relationships(p) WHERE r.validTo IS NULL)
  RETURN collect([x IN nodes(p) | x.id])[0] AS cycle
}
RETURN CASE WHEN described > 0 THEN 'outdated' WHEN cycle IS NOT NULL THEN 'cycle' ELSE 'done' END AS outcome,
  at, $given.id AS id, changes, nodes, satellites, edges, ties, cycle
