// What a request is about, and the evaluations of the version that stand: the latest of each dataset, slice and context.
// read
MATCH (request:Entity {id: $given.id})
CALL (request) {
  MATCH (:ModelVersion:Entity {id: request.versionId})<-[edge:EVALUATED WHERE edge.validTo IS NULL]-(evaluation:Evaluation)
  WHERE evaluation.archivedAt IS NULL
  OPTIONAL MATCH (evaluation)-[on:ON WHERE on.validTo IS NULL]->(data)
  WITH evaluation, data ORDER BY evaluation.evaluatedAt DESC, evaluation.id DESC
  WITH data.id AS dataId, evaluation.slice AS slice, evaluation.context AS context, head(collect(evaluation.id)) AS id
  RETURN collect(id) AS evaluations
}
RETURN request.versionId AS versionId, request.environmentId AS environmentId, evaluations
