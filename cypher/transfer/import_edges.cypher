// Import edges between entities; one that is there already is left as it is.
// offline
MERGE (l:Lock {name: 'lineage'}) ON CREATE SET l.epoch = 0
SET l.epoch = l.epoch + 1
WITH datetime.truncate('microsecond', datetime.realtime()) AS at
CALL (at) {
  UNWIND $given.edges AS e
  MATCH (source:Entity {id: e.from})
  MATCH (target:Entity {id: e.to})
  FOREACH (_ IN CASE WHEN EXISTS {
      MATCH (source)-[r]->(target)
      WHERE type(r) = e.type AND coalesce(r.role, '') = e.role AND coalesce(r.kind, '') = e.kind
          AND coalesce(r.via, '') = e.via AND coalesce(r.validFrom = e.properties.validFrom, true)
    } THEN [] ELSE [1] END |
    CREATE (source)-[r:$(e.type)]->(target)
    SET r = e.properties,
      r.recordedAt = CASE WHEN e.isLineage THEN at END,
      r.assertedById = CASE WHEN e.isLineage AND NOT e.isOrphan THEN coalesce(e.assertedById, $given.actorId) END,
      r.validFrom = CASE WHEN e.isInterval THEN
        coalesce(e.properties.validFrom, CASE e.type WHEN 'OWNS' THEN target.createdAt ELSE source.createdAt END) END)
  FOREACH (_ IN CASE WHEN e.type = 'GENERATED_BY' AND target.scope IS NULL THEN [1] ELSE [] END |
    SET target.scope = source.scope)
  FOREACH (_ IN CASE WHEN e.type IN ['ABOUT', 'RECALLS'] AND source.scope IS NULL THEN [1] ELSE [] END |
    SET source.scope = target.scope)
  RETURN count(*) AS edges
}
RETURN 'done' AS outcome, at, null AS id, edges,
  [s IN $given.subjects | {subjectId: s.id, subjectType: s.label, before: null, after: null}] AS changes
