// What a policy sees of a version beside its ancestry: where it stands, what it is compared with, and what was measured.
// read
OPTIONAL MATCH (governance:Lock {name: 'governance'})
OPTIONAL MATCH (lineage:Lock {name: 'lineage'})
WITH $given.asOf AS asOf, {governance: coalesce(governance.epoch, 0), lineage: coalesce(lineage.epoch, 0)} AS epochs
MATCH (version:Entity {id: $given.versionId})
MATCH (environment:Entity {id: $given.environmentId})
MATCH (model:Entity {id: version.modelId})
CALL (version, asOf) {
  MATCH (alias:Alias {versionId: version.id})
  WHERE CASE WHEN asOf IS NULL THEN alias.open
    ELSE alias.validFrom <= asOf AND (alias.validTo IS NULL OR alias.validTo > asOf) END
  RETURN collect(alias.name) AS aliases
}
CALL (model, version, environment, asOf) {
  MATCH (other:ModelVersion {modelId: model.id} WHERE other.number IS NOT NULL)
  MATCH (deployment:Deployment {versionId: other.id} WHERE deployment.validFrom IS NOT NULL AND deployment.id IS NOT NULL)
  WHERE other <> version AND deployment.environmentId = environment.id AND deployment.role = 'PRIMARY'
    AND CASE WHEN asOf IS NULL THEN deployment.open AND deployment.status = 'ACTIVE'
      ELSE deployment.activeFrom <= asOf AND (deployment.validTo IS NULL OR deployment.validTo > asOf) END
  RETURN collect(DISTINCT other) AS placed
}
CALL (model, version, asOf) {
  MATCH (alias:Alias {modelId: model.id, name: 'champion'})
  WHERE alias.versionId <> version.id AND CASE WHEN asOf IS NULL THEN alias.open
    ELSE alias.validFrom <= asOf AND (alias.validTo IS NULL OR alias.validTo > asOf) END
  MATCH (other:Entity {id: alias.versionId})
  RETURN collect(other) AS named
}
WITH *, CASE WHEN size(placed) = 0 THEN named ELSE placed END AS champions
CALL (version, champions, asOf) {
  UNWIND [version] + champions AS measured
  MATCH (figure:Metric {versionId: measured.id} WHERE figure.name IS NOT NULL AND figure.evaluatedAt IS NOT NULL)
  MATCH (evaluation:Entity {id: figure.subjectId})
  WHERE CASE WHEN asOf IS NULL THEN evaluation.archivedAt IS NULL
    ELSE evaluation.recordedAt <= asOf AND figure.evaluatedAt <= asOf
      AND (evaluation.archivedAt IS NULL OR evaluation.archivedAt > asOf) END
  WITH figure ORDER BY figure.evaluatedAt DESC, figure.subjectId DESC
  WITH figure.versionId AS id, figure.name AS name, figure.onId AS onId, figure.slice AS slice,
    figure.context AS context, head(collect(figure)) AS latest
  OPTIONAL MATCH (data:Entity {id: latest.onId})
  OPTIONAL MATCH (dataset:Entity {id: data.datasetId})
  RETURN collect(latest {.*, onId: latest.onId, scope: data.scope, dataset: dataset.name, on: dataset.name + '@' + data.version}) AS figures
}
RETURN epochs, coalesce(asOf, datetime.truncate('microsecond', datetime.realtime())) AS at, aliases, figures,
  model {.name, .task, .riskTier} AS model, environment {.id, .name, .position, .isProtected} AS environment,
  [each IN champions | each {.id, .number}] AS champions
