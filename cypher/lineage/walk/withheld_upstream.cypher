// The starts from which the walk up comes to something that is hidden.
// part
WITH start, collect(node) AS reached
CALL (reached) {
  UNWIND reached AS node
  MATCH (node)-[edge:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES]->(next)
  WHERE lasts(edge) AND NOT visible(next)
  RETURN count(*) > 0 AS isWithheld
}
RETURN collect(CASE WHEN isWithheld THEN start.id END) AS withheld
