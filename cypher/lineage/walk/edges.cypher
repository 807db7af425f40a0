// The edges among the nodes of a walk, found from the later end: a thing has few origins, and may have many offspring.
// part
WITH reported + [start] AS ends, isFinished
UNWIND CASE WHEN isFinished THEN ends ELSE [] END AS source
MATCH (source)-[edge:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES]->(target)
WHERE target IN ends AND holds(edge)
RETURN collect(shown(edge)) AS edges
