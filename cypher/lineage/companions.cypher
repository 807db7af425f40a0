// What stands or falls with `edge`: the use of a part is its whole's, an adapter needs its base when it runs.
// part
CALL (edge) {
  WITH startNode(edge) AS source, endNode(edge) AS target, edge
  OPTIONAL MATCH (source)-[:PART_OF*1..32]->(whole:Run)
  OPTIONAL MATCH (whole)-[used:USED {via: source.id}]->(target)
  WHERE edge.via IS NULL AND used.role = edge.role AND used.validTo IS NULL
  WITH edge, source, target, collect(DISTINCT used) AS used
  OPTIONAL MATCH (source)-[base:DEPENDS_ON {kind: 'base'}]->(target)
  WHERE type(edge) = 'DERIVED_FROM' AND edge.kind = 'ADAPTER' AND base.validTo IS NULL
  WITH used, collect(base) AS bases
  RETURN used + bases AS companions
}
