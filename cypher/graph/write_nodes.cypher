// Nodes and what describes them, when `checked` is done; a stub among them is completed, the subject gets its `number`.
// part
CALL (checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.takenNames ELSE [] END AS name
  MATCH (former:FormerName {name: name})
  DELETE former
  RETURN count(*) AS formerNames
}
CALL (at, number, checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.nodes ELSE [] END AS n
  MERGE (x:Entity {id: n.id})
  SET x._lock = true
  REMOVE x._lock
  WITH n, x, at, number, CASE WHEN x.recordedAt IS NOT NULL THEN properties(x) END AS before
  SET x += n.properties, x:$(n.labels), x.isStub = n.isStub, x.revision = coalesce(x.revision, 0) + 1,
    x.createdAt = coalesce(x.createdAt, at), x.recordedAt = coalesce(x.recordedAt, at),
    x.createdById = CASE WHEN before.isStub AND NOT n.isStub THEN $given.actorId ELSE coalesce(x.createdById, $given.actorId) END
  SET x.scope = coalesce(x.modelId, x.datasetId, CASE WHEN x:RegisteredModel OR x:Dataset THEN x.id END, x.scope)
  FOREACH (_ IN CASE WHEN number IS NOT NULL AND n.id = $given.id THEN [1] ELSE [] END | SET x.number = number)
  FOREACH (_ IN CASE WHEN n.completesUnknown THEN [1] ELSE [] END | REMOVE x:UnknownAsset)
  RETURN count(*) AS nodes, count(CASE WHEN CASE WHEN n.fillsIn THEN any(name IN keys(n.properties) WHERE before[name] IS NOT NULL)
      ELSE NOT before.isStub END THEN 1 END) AS described,
    collect({subjectId: x.id, subjectType: n.label, before: before, after: properties(x)}) AS made
}
CALL (at, checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.satellites ELSE [] END AS s
  CREATE (x)
  SET x:$(s.labels), x += s.properties, x.recordedAt = CASE WHEN s.isRecorded THEN at END
  SET x.scope = CASE WHEN x:Entity THEN head(COLLECT { MATCH (of:Entity {id: x.subjectId}) RETURN of.scope }) END
  RETURN count(*) AS satellites
}
