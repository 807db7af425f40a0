// Import entities with what describes them and what they belong to; a stub among them is completed.
// offline
FOREACH (_ IN CASE WHEN $given.governs THEN [1] ELSE [] END |
  MERGE (l:Lock {name: 'governance'}) ON CREATE SET l.epoch = 0 SET l.epoch = l.epoch + 1)
WITH datetime.truncate('microsecond', datetime.realtime()) AS at
CALL (at) {
  UNWIND $given.nodes AS n
  MERGE (x:Entity {id: n.id})
  SET x._lock = true
  REMOVE x._lock
  WITH n, x, at, CASE WHEN x.recordedAt IS NOT NULL THEN properties(x) END AS before
  SET x += n.properties, x:$(n.labels), x.isStub = n.isStub, x.revision = coalesce(n.revision, x.revision + 1, 1),
    x.createdAt = coalesce(datetime(n.createdAt), x.createdAt, at), x.recordedAt = coalesce(x.recordedAt, at),
    x.createdById = CASE WHEN n.isOrphan THEN null ELSE coalesce(n.createdById, x.createdById, $given.actorId) END
  FOREACH (each IN n.instants | SET x[each[0]] = datetime(each[1]))
  SET x.scope = coalesce(x.modelId, x.datasetId, CASE WHEN x:RegisteredModel OR x:Dataset THEN x.id END,
    head(COLLECT { UNWIND [x.versionId, x.onId, x.recallId, x.waivedForId, x.assetId] AS id
      MATCH (of:Entity {id: id}) WHERE of.scope IS NOT NULL RETURN of.scope }), x.scope),
    x.scopes = CASE WHEN x:LicenseWaiver THEN COLLECT { UNWIND [x.assetId, x.waivedForId] AS id
      MATCH (of:Entity {id: id}) WHERE of.scope IS NOT NULL RETURN DISTINCT of.scope } END
  FOREACH (_ IN CASE WHEN n.completesUnknown THEN [1] ELSE [] END | REMOVE x:UnknownAsset)
  RETURN count(*) AS nodes, count(CASE WHEN NOT before.isStub THEN 1 END) AS described,
    collect({subjectId: x.id, subjectType: n.label, before: before, after: CASE
      WHEN before IS NULL THEN {createdById: x.createdById, createdAt: CASE WHEN n.createdAt IS NULL THEN at END}
      ELSE properties(x) END}) AS changes
}
CALL (at) {
  UNWIND $given.satellites AS s
  MATCH (x:Entity {id: s.of})
  CREATE (y)
  SET y:$(s.labels), y += s.properties, y.recordedAt = CASE WHEN s.isRecorded THEN at END
  FOREACH (each IN s.instants | SET y[each[0]] = datetime(each[1]))
  FOREACH (_ IN CASE WHEN y:Entity THEN [1] ELSE [] END | SET y.scope = x.scope)
  FOREACH (_ IN CASE WHEN s.isInterval THEN [1] ELSE [] END | SET y.validFrom = coalesce(y.validFrom, x.createdAt))
  FOREACH (_ IN CASE WHEN s.isAlias THEN [1] ELSE [] END | CREATE (y)-[:POINTS_TO]->(x))
  RETURN count(*) AS satellites
}
CALL () {
  UNWIND $given.decided AS d
  MATCH (decision:Entity {id: d.id})
  WHERE decision.deploymentId IS NULL
  SET decision.deploymentId = d.deploymentId
  RETURN count(*) AS decided, collect({subjectId: decision.id, subjectType: 'PromotionDecision', before: null,
    after: {deploymentId: d.deploymentId}}) AS completed
}
CALL () {
  UNWIND $given.lastNumbers AS last
  MATCH (m:Entity {id: last.id})
  SET m.lastNumber = CASE WHEN m.lastNumber > last.number THEN m.lastNumber ELSE last.number END
  RETURN count(*) AS lastNumbers
}
CALL () {
  UNWIND $given.endpoints AS id
  MATCH (e:Entity {id: id})
  SET e._lock = true
  REMOVE e._lock
  RETURN count(*) AS endpoints
}
CALL () {
  UNWIND $given.ties AS t
  MATCH (source:Entity {id: t.from})
  MATCH (target:Entity {id: t.to})
  FOREACH (_ IN CASE WHEN NOT EXISTS { MATCH (source)-[r]->(target) WHERE type(r) = t.type } THEN [1] ELSE [] END |
    CREATE (source)-[r:$(t.type)]->(target))
  RETURN count(*) AS ties
}
CALL () {
  UNWIND $given.endpoints AS id
  MATCH (e:Entity {id: id})
  CALL (e) {
    MATCH (e)<-[:AT]-(d:Deployment)
    RETURN collect(DISTINCT d.scope) AS scopes
  }
  SET e.scope = CASE WHEN size(scopes) = 1 THEN scopes[0] END
  RETURN count(*) AS settled
}
CALL () {
  UNWIND $given.needed AS id
  MATCH (x:Entity {id: id})
  RETURN count(*) AS needed
}
RETURN CASE WHEN described > 0 THEN 'outdated' ELSE 'done' END AS outcome, at, null AS id,
  changes + completed AS changes, lastNumbers, nodes, satellites, ties, needed, decided, endpoints
