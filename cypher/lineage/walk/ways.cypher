// The edges that lead up from a node, as bare ids, unless there are too many to search through.
// part
WITH start, collect(node) AS reached
WITH start, reached, size(reached) <= $budget AS isWithin
CALL (start, reached, isWithin) {
  UNWIND CASE WHEN isWithin THEN reached ELSE [] END AS source
  MATCH (source)-[edge:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES]->(target)
  WHERE holds(edge) AND visible(target)
    AND ($through IS NULL OR source = start OR any(label IN labels(source) WHERE label IN $through))
  RETURN collect([edge.id, source.id, target.id]) AS edges
}
RETURN collect({isWithin: isWithin, edges: edges}) AS ways
