// Everything knows the model or dataset that it belongs to.
MATCH (x:RegisteredModel) WHERE x.scope IS NULL
CALL (x) { SET x.scope = x.id } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:Dataset) WHERE x.scope IS NULL
CALL (x) { SET x.scope = x.id } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:ModelVersion) WHERE x.scope IS NULL
CALL (x) { SET x.scope = x.modelId } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:DatasetVersion) WHERE x.scope IS NULL
CALL (x) { SET x.scope = x.datasetId } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:Alias) WHERE x.scope IS NULL
CALL (x) { SET x.scope = x.modelId } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:Evaluation)-[:EVALUATED]->(of) WHERE x.scope IS NULL
CALL (x, of) { SET x.scope = of.scope } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:Deployment)-[:SERVES]->(of) WHERE x.scope IS NULL
CALL (x, of) { SET x.scope = of.scope } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:Endpoint)<-[:AT]-(placed:Deployment) WHERE x.scope IS NULL
WITH x, collect(DISTINCT placed.scope) AS scopes
WHERE size(scopes) = 1
CALL (x, scopes) { SET x.scope = scopes[0] } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:VersionLifecycle) WHERE x.scope IS NULL
MATCH (of:Entity {id: x.subjectId})
CALL (x, of) { SET x.scope = of.scope } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:ArtifactFile) WHERE x.scope IS NULL
MATCH (of:Entity {id: x.subjectId})
CALL (x, of) { SET x.scope = of.scope } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:Run)<-[made:GENERATED_BY]-(output) WHERE x.scope IS NULL
WITH x, made, output
ORDER BY made.recordedAt, made.id
WITH x, head(collect(output.scope)) AS scope
CALL (x, scope) { SET x.scope = scope } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:Run)-[:PART_OF*1..32]->(whole:Run) WHERE x.scope IS NULL AND whole.scope IS NOT NULL
WITH x, head(collect(whole.scope)) AS scope
CALL (x, scope) { SET x.scope = scope } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:Grant)-[:OVER]->(of:RegisteredModel|Dataset) WHERE x.scope IS NULL
CALL (x, of) { SET x.scope = of.scope } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:AuditEvent) WHERE x.scopes IS NULL
CALL (x) {
  UNWIND [x.subjectId] + [part IN split(x.body, '"') WHERE size(part) = 36] AS id
  MATCH (of:Entity {id: id})
  WHERE of.scope IS NOT NULL
  WITH x, collect(DISTINCT of.scope) AS scopes
  SET x.scopes = CASE WHEN scopes <> [] THEN scopes END
} IN TRANSACTIONS OF 10000 ROWS;
