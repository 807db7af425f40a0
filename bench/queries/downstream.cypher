// All that came from a snapshot, and what leads from one to the other.
MATCH (dataset:Dataset {name: $dataset})
MATCH (start:DatasetVersion {datasetId: dataset.id, version: $version})
MATCH path = (start)<-[:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES*0..]-(node)
WHERE all(r IN relationships(path) WHERE r.validTo IS NULL)
WITH node, min(length(path)) AS depth
ORDER BY depth, node.id
WITH collect(node) AS ns, collect({depth: depth, node: node {
  .id, .number, .framework, .version, .rowCount, .purpose, .trafficPercent,
  name: CASE WHEN node:Run THEN node.name END, status: CASE WHEN node:Run THEN node.status END,
  createdAt: toString(node.createdAt), labels: labels(node)
}}) AS nodes
CALL (ns) {
  UNWIND ns AS n
  MATCH (n)-[r:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES WHERE r.validTo IS NULL]->(t)
  WHERE t IN ns
  RETURN collect({kind: type(r), role: r.role, sourceId: n.id, targetId: t.id}) AS edges
}
RETURN {lineage: {complete: true, nodes: nodes[1..], edges: edges}} AS data
