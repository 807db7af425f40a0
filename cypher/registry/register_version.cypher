// Publish a version of a model with its whole lineage, under the model's next number.
// write

// include lineage/lock
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
// include graph/write_nodes
// include graph/write_edges
// include graph/closed_cycle
CALL (m, at, number, moved) {
  MATCH (v:Entity {id: $given.id})
  SET m.lastNumber = number
  CREATE (:VersionLifecycle:Entity {id: $given.lifecycleId, subjectId: v.id, state: 'ACTIVE', setById: $given.actorId,
    scope: m.id, recordedAt: at, validFrom: at, open: true, openKey: v.id})
  FOREACH (a IN moved | SET a.validTo = at REMOVE a.open, a.openKey)
  FOREACH (alias IN $given.aliases |
    CREATE (:Alias:Entity {id: alias.id, modelId: m.id, versionId: v.id, name: alias.name, setById: $given.actorId,
      scope: m.id, recordedAt: at, validFrom: at, open: true, openKey: m.id + '/' + alias.name})-[:POINTS_TO]->(v))
  RETURN count(*) AS published
}
RETURN CASE WHEN checked <> 'done' THEN checked WHEN described > 0 THEN 'outdated' WHEN cycle IS NOT NULL THEN 'cycle'
    ELSE 'done' END AS outcome,
  at, $given.id AS id, number, twinId, sameId, cycle, nodes, satellites, edges, ties, published,
  made + [alias IN $given.aliases | {subjectId: m.id, subjectType: 'RegisteredModel',
    before: head([e IN earlier WHERE e.name = alias.name | {alias: e}]),
    after: {alias: {name: alias.name, versionId: $given.id}}}] AS changes
