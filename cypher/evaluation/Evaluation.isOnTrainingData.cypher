// Whether the data of an evaluation is an ancestor of the version that was measured.
// relation this -> value, one
MATCH (version:Entity {id: this.versionId})
OPTIONAL MATCH (data:Entity {id: this.onId})
WHERE visible(data)
CALL (version) {
  MATCH path = (version)-[:USED|GENERATED_BY|DERIVED_FROM*1..]->(ancestor)
  WHERE all(edge IN relationships(path) WHERE edge.validTo IS NULL AND NOT coalesce(edge.role, '') IN ['test', 'evaluation']
    AND visible(startNode(edge)))
  WITH DISTINCT ancestor
  RETURN collect(CASE WHEN visible(ancestor) THEN ancestor.id END) AS ancestors,
    count(CASE WHEN visible(ancestor) THEN null ELSE 1 END) AS hidden
}
RETURN CASE
  WHEN data IS NULL THEN null
  WHEN data.id IN ancestors THEN true
  WHEN hidden > 0 THEN null
  ELSE false
END AS value
