// Other edges in the place of the `wrong` ones, which say which; and the cycle that they close, if any.
// part
CALL (wrong, at, checked) {
  UNWIND CASE WHEN checked = 'done' AND $given.insteadId IS NOT NULL THEN range(0, size(wrong) - 1) ELSE [] END AS place
  WITH wrong[place] AS r, $given.newIds[place] AS id, at
  MATCH (instead:Entity {id: $given.insteadId})
  WITH r, id, at, startNode(r) AS source, type(r) AS kind, instead
  OPTIONAL MATCH (source)-[same:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON]->(instead)
  WHERE type(same) = kind AND same.validTo IS NULL AND coalesce(same.role, '') = coalesce(r.role, '')
    AND coalesce(same.kind, '') = coalesce(r.kind, '') AND coalesce(same.via, '') = coalesce(r.via, '')
  WITH r, id, at, source, kind, instead, head(collect(same.id)) AS sameId
  FOREACH (_ IN CASE WHEN sameId IS NULL THEN [1] ELSE [] END |
    CREATE (source)-[new:$(kind)]->(instead)
    SET new += r {.role, .kind, .via, .weight, .detail}, new.id = id, new.recordedAt = at, new.validFrom = at,
      new.assertedById = $given.actorId
    FOREACH (_ IN CASE WHEN kind = 'GENERATED_BY' AND instead.scope IS NULL
        AND instead.createdById = $given.actorId THEN [1] ELSE [] END | SET instead.scope = source.scope))
  SET r.replacedById = coalesce(sameId, id)
  RETURN count(*) AS replaced
}
CALL (wrong, checked) {
  UNWIND CASE WHEN checked = 'done' AND $given.insteadId IS NOT NULL THEN wrong ELSE [] END AS r
  WITH startNode(r) AS source
  MATCH (instead:Entity {id: $given.insteadId})
  MATCH p = shortestPath(
    (instead)-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*..]->(source))
  WHERE all(r IN relationships(p) WHERE r.validTo IS NULL)
  RETURN head(collect([source.id] + [x IN nodes(p) | x.id])) AS cycle
}
