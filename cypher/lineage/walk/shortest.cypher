// One of the shortest ways up from a node to another, as bare ids.
// part
MATCH (start:Entity {id: $start})
MATCH (goal:Entity {id: $goal})
OPTIONAL MATCH path = shortestPath(
  (start)-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*]->(goal))
WHERE all(edge IN relationships(path) WHERE holds(edge) AND visible(endNode(edge))
  AND ($through IS NULL OR startNode(edge) = start OR any(label IN labels(startNode(edge)) WHERE label IN $through)))
RETURN [edge IN relationships(path) | [edge.id, startNode(edge).id, endNode(edge).id]] AS edges
