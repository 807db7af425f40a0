// How much there is. All but the live deployments are read from Neo4j's own counts, whatever their number.
// read
CALL () { MATCH (n:RegisteredModel) RETURN count(n) AS models }
CALL () { MATCH (n:ModelVersion) RETURN count(n) AS versions }
CALL () { MATCH (n:Dataset) RETURN count(n) AS datasets }
CALL () { MATCH (n:Run) RETURN count(n) AS runs }
CALL () { MATCH (n:Application) RETURN count(n) AS applications }
CALL () {
  MATCH (n:Deployment)
  WHERE n.open = true AND n.validFrom IS NOT NULL AND n.id IS NOT NULL
  RETURN count(n) AS deployments
}
RETURN models, versions, datasets, runs, deployments, applications
