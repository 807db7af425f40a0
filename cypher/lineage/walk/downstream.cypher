// The nodes that came from some nodes, each with its distance, and themselves at 0: `start`, `node`, `depth`.
// part
UNWIND $starts AS origin
MATCH (start:Entity {id: origin})
MATCH path = (start)<-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*0..4]-(node)
WHERE all(edge IN relationships(path) WHERE holds(edge) AND visible(startNode(edge))
  AND ($through IS NULL OR endNode(edge) = start OR any(label IN labels(endNode(edge)) WHERE label IN $through)))
WITH start, node, min(length(path)) AS depth
