// Whether the data of an evaluation is an ancestor of the version that was measured.
// relation this -> value, one
MATCH (version:Entity {id: this.versionId})
CALL (version) {
  MATCH path = (version)-[:USED|GENERATED_BY|DERIVED_FROM*1..]->(ancestor:DatasetVersion)
  WHERE all(edge IN relationships(path) WHERE edge.validTo IS NULL AND NOT coalesce(edge.role, '') IN ['test', 'evaluation'])
  RETURN collect(DISTINCT ancestor.id) AS ancestors
}
RETURN CASE WHEN this.onId IS NULL THEN null ELSE this.onId IN ancestors END AS value
