// One of the shortest ways up for each of some pairs of different nodes, as bare ids.
// part
UNWIND $pairs AS pair
MATCH (start:Entity {id: pair.start})
MATCH (goal:Entity {id: pair.target})
OPTIONAL MATCH path = shortestPath(
  (start)-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*]->(goal))
WHERE all(edge IN relationships(path) WHERE lasts(edge) AND passes(edge) AND visible(endNode(edge)))
RETURN collect({start: pair.start, target: pair.target,
  edges: [edge IN relationships(path) | [edge.id, startNode(edge).id, endNode(edge).id]]}) AS ways
