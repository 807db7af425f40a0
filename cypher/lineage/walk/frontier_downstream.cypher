// The nodes of the last level that the walk down did not leave although it could.
// part
UNWIND CASE WHEN beyond IS NULL THEN [] ELSE last END AS node
MATCH (node)<-[edge:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES]-(next)
WHERE next IN beyond.visited AND holds(edge)
  AND ($through IS NULL OR node = start OR any(label IN labels(node) WHERE label IN $through))
WITH DISTINCT node
RETURN collect(shown(node)) AS frontier
