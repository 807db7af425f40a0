// The starts from which a walk down comes to something that is hidden, and goes no further there.
// part
UNWIND $starts AS origin
MATCH (start:Entity {id: origin})
MATCH path = (start)<-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*0..]-(node)
WHERE all(edge IN relationships(path) WHERE lasts(edge) AND visible(endNode(edge)))
WITH start, node, min(length(path)) AS depth
WHERE NOT visible(node)
RETURN collect(DISTINCT start.id) AS withheld
