// An edge that can be retracted: its kind, its ends, and how many others stand or fall with it.
// read
CALL () {
  MATCH (source)-[edge:USED {id: $given.id}]->(target) RETURN source, edge, target
  UNION ALL MATCH (source)-[edge:GENERATED_BY {id: $given.id}]->(target) RETURN source, edge, target
  UNION ALL MATCH (source)-[edge:DERIVED_FROM {id: $given.id}]->(target) RETURN source, edge, target
  UNION ALL MATCH (source)-[edge:DEPENDS_ON {id: $given.id}]->(target) RETURN source, edge, target
}
WITH source, edge, target, COUNT {
  MATCH (source)-[:PART_OF*1..32]->(whole:Run)
  MATCH (whole)-[also:USED {via: source.id}]->(target)
  WHERE edge.via IS NULL AND also.role = edge.role AND also.validTo IS NULL
} + COUNT {
  MATCH (source)-[also:DEPENDS_ON {kind: 'base'}]->(target)
  WHERE type(edge) = 'DERIVED_FROM' AND edge.kind = 'ADAPTER' AND also.validTo IS NULL
} AS companions
RETURN head(collect(edge {.id, .via, .validTo, type: type(edge), sourceId: source.id, sourceLabels: labels(source),
  targetId: target.id, companions: companions})) AS edge
