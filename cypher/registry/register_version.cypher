// Publish a version of a model with its whole lineage, under the model's next number.
// write
FOREACH (_ IN CASE WHEN size($given.guards) > 0 THEN [1] ELSE [] END |
  MERGE (l:Lock {name: 'lineage'}) ON CREATE SET l.epoch = 0 SET l.epoch = l.epoch + 1)
MERGE (m:Entity {id: $given.modelId})
SET m._lock = true
REMOVE m._lock
WITH m, datetime.truncate('microsecond', datetime.realtime()) AS now, coalesce(m.lastNumber, 0) + 1 AS number
CALL (m) {
  UNWIND $given.aliases AS alias
  MATCH (a:Alias {openKey: m.id + '/' + alias.name})
  RETURN collect(a) AS moved, collect({name: a.name, versionId: a.versionId}) AS earlier
}
OPTIONAL MATCH (own:Entity {id: $given.id})
OPTIONAL MATCH (same:ModelVersion {modelId: m.id, number: number})
OPTIONAL MATCH (twin:ModelVersion {artifactDigest: $given.digest}) WHERE twin.modelId = m.id
WITH m, number, moved, earlier, own, same, max(twin.number) AS twinNumber,
  reduce(t = now, a IN moved | CASE WHEN a.validFrom < t THEN t ELSE a.validFrom + duration({microseconds: 1}) END) AS at
OPTIONAL MATCH (twin:ModelVersion {modelId: m.id, number: twinNumber})
WITH m, number, moved, earlier, at, twin.id AS twinId, same.id AS sameId, CASE
  WHEN m.recordedAt IS NULL AND NOT $given.modelId IN [n IN $given.nodes | n.id] THEN 'outdated'
  WHEN m.archivedAt IS NOT NULL THEN 'archived'
  WHEN twin IS NOT NULL AND $given.onSameDigest <> 'CREATE' THEN 'same digest'
  WHEN same.isStub AND own IS NULL THEN 'stub'
  WHEN same.id <> $given.id OR NOT own.isStub OR own.number <> number THEN 'outdated'
  ELSE 'done' END AS checked
CALL () {
  UNWIND $given.takenNames AS name
  MATCH (former:FormerName {name: name})
  DELETE former
  RETURN count(*) AS formerNames
}
CALL (at, number, checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.nodes ELSE [] END AS n
  MERGE (x:Entity {id: n.id})
  WITH n, x, at, number, CASE WHEN x.recordedAt IS NOT NULL THEN properties(x) END AS before
  SET x += n.properties, x:$(n.labels), x.isStub = n.isStub, x.revision = coalesce(x.revision, 0) + 1,
    x.createdAt = coalesce(x.createdAt, at), x.recordedAt = coalesce(x.recordedAt, at),
    x.createdById = coalesce(x.createdById, $given.actorId)
  FOREACH (_ IN CASE WHEN n.id = $given.id THEN [1] ELSE [] END | SET x.number = number)
  FOREACH (_ IN CASE WHEN n.completesUnknown THEN [1] ELSE [] END | REMOVE x:UnknownAsset)
  RETURN count(*) AS nodes, count(CASE WHEN NOT before.isStub THEN 1 END) AS described,
    collect({subjectId: x.id, subjectType: n.label, before: before, after: properties(x)}) AS made
}
CALL (at, checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.satellites ELSE [] END AS s
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
CALL (m, at, number, moved) {
  MATCH (v:Entity {id: $given.id})
  SET m.lastNumber = number
  CREATE (:VersionLifecycle:Entity {id: $given.lifecycleId, subjectId: v.id, state: 'ACTIVE', setById: $given.actorId,
    recordedAt: at, validFrom: at, open: true, openKey: v.id})
  FOREACH (a IN moved | SET a.validTo = at REMOVE a.open, a.openKey)
  FOREACH (alias IN $given.aliases |
    CREATE (:Alias:Entity {id: alias.id, modelId: m.id, versionId: v.id, name: alias.name, setById: $given.actorId,
      recordedAt: at, validFrom: at, open: true, openKey: m.id + '/' + alias.name})-[:POINTS_TO]->(v))
  RETURN count(*) AS published
}
RETURN CASE WHEN checked <> 'done' THEN checked WHEN described > 0 THEN 'outdated' WHEN cycle IS NOT NULL THEN 'cycle'
    ELSE 'done' END AS outcome,
  at, $given.id AS id, number, twinId, sameId, cycle, nodes, satellites, edges, ties, published,
  made + [alias IN $given.aliases | {subjectId: m.id, subjectType: 'RegisteredModel',
    before: head([e IN earlier WHERE e.name = alias.name | {alias: e}]),
    after: {alias: {name: alias.name, versionId: $given.id}}}] AS changes
