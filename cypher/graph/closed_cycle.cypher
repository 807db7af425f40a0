// The cycle that one of the edges has closed, if any.
// part
CALL (checked) {
  UNWIND CASE checked WHEN 'done' THEN $given.guards ELSE [] END AS g
  MATCH (source:Entity {id: g.from})
  MATCH (target:Entity {id: g.to})
  MATCH p = shortestPath(
    (target)-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*..]->(source))
  WHERE all(r IN relationships(p) WHERE r.validTo IS NULL)
  RETURN head(collect([source.id] + [x IN nodes(p) | x.id])) AS cycle
}
