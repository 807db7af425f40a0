// Lineage and what belongs together, when `checked` is done. What is asserted already stays as it is.
// part
CALL (at, checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.edges ELSE [] END AS e
  MATCH (source:Entity {id: e.from})
  MATCH (target:Entity {id: e.to})
  WITH at, e, e.properties AS said, source, target, e.isNew OR NOT EXISTS {
    MATCH (source)-[r]->(target)
    WHERE type(r) = e.type AND r.validTo IS NULL AND coalesce(r.role, '') = e.role
      AND coalesce(r.kind, '') = e.kind AND coalesce(r.via, '') = e.via
  } AS isNew
  FOREACH (_ IN CASE WHEN isNew THEN [1] ELSE [] END |
    CREATE (source)-[r:$(e.type)]->(target)
    SET r += said, r.recordedAt = at, r.validFrom = coalesce($given.validFrom, at),
      r.assertedById = $given.actorId)
  FOREACH (_ IN CASE WHEN e.type = 'EVALUATED' THEN [1] ELSE [] END | SET source.scope = target.scope)
  RETURN count(*) AS edges,
    collect(CASE WHEN isNew THEN {from: e.from, edge: said {.*, type: e.type, targetId: e.to}} END) AS asserted
}
CALL (at, checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.ties ELSE [] END AS t
  MATCH (source:Entity {id: t.from})
  MATCH (target:Entity {id: t.to})
  CREATE (source)-[r:$(t.type)]->(target)
  SET r.validFrom = CASE WHEN t.isInterval THEN at END
  FOREACH (_ IN CASE WHEN t.type = 'PART_OF' AND source.scope IS NULL THEN [1] ELSE [] END |
    SET source.scope = target.scope)
  RETURN count(*) AS ties
}
// A run that made something belongs where that does, with its parts, unless it belongs elsewhere or is somebody else's.
CALL (checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.makers ELSE [] END AS id
  MATCH (output:Entity {id: id})-[made:GENERATED_BY WHERE made.validTo IS NULL]->(whole:Run)
  MATCH (run:Run)-[:PART_OF*0..32]->(whole)
  WHERE run.scope IS NULL AND run.createdById = $given.actorId
  SET run.scope = output.scope
  RETURN count(*) AS claimed
}
