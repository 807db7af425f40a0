// How much there is that is not private. What is not is read from Neo4j's own counts, whatever its number.
// read
CALL () { MATCH (n:RegisteredModel) RETURN count(n) AS allModels }
CALL () { MATCH (n:ModelVersion) RETURN count(n) AS allVersions }
CALL () { MATCH (n:Dataset) RETURN count(n) AS allDatasets }
CALL () { MATCH (n:Run) RETURN count(n) AS allRuns }
CALL () { MATCH (n:Application) RETURN count(n) AS applications }
CALL () { MATCH (n:RegisteredModel {isPrivate: true}) RETURN collect(n) AS models }
CALL () { MATCH (n:Dataset {isPrivate: true}) RETURN collect(n) AS datasets }
CALL () { MATCH (n:Tombstone {isPrivate: true}) RETURN collect(n) AS gone }
WITH *, [n IN models + datasets + gone | n.id] AS hidden
CALL (models) { UNWIND models AS n MATCH (n)-[:HAS_VERSION]->(version) RETURN count(version) AS versions }
CALL (hidden) { UNWIND hidden AS id MATCH (run:Run {scope: id}) RETURN count(run) AS runs }
CALL (hidden) {
  MATCH (n:Deployment)
  WHERE n.open = true AND n.validFrom IS NOT NULL AND n.id IS NOT NULL AND NOT coalesce(n.scope, '') IN hidden
  RETURN count(n) AS deployments
}
RETURN allModels - size(models) AS models, allVersions - versions AS versions,
  allDatasets - size(datasets) AS datasets, allRuns - runs AS runs, deployments, applications
