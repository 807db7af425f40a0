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
MATCH (x:Grant)-[:OVER]->(of:RegisteredModel|Dataset) WHERE x.scope IS NULL
CALL (x, of) { SET x.scope = of.scope } IN TRANSACTIONS OF 10000 ROWS;
MATCH (x:AuditEvent) WHERE x.scopes IS NULL
MATCH (of:Entity {id: x.subjectId}) WHERE of.scope IS NOT NULL
CALL (x, of) { SET x.scopes = [of.scope] } IN TRANSACTIONS OF 10000 ROWS;
