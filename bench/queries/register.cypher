// A version with its run, data, parent, figures and audit event, all in one statement; the least that keeps the rules.
MATCH (m:RegisteredModel {name: $input.model})
SET m._lock = true
REMOVE m._lock
WITH m, datetime.truncate('microsecond', datetime.realtime()) AS at, coalesce(m.lastNumber, 0) + 1 AS number
MATCH (actor:Actor {name: 'trainer'})
MATCH (job:Job {namespace: $input.run.new.job.namespace, name: $input.run.new.job.name})
MATCH (parent:ModelVersion {modelId: m.id, number: $input.parents[0].source.modelVersion.number.number})
SET m.lastNumber = number
CREATE (v:ModelVersion:Entity {id: $versionId, modelId: m.id, number: number, framework: $input.framework,
  artifactUri: $input.artifact.uri, createdAt: at, recordedAt: at, revision: 1, isStub: false, createdById: actor.id})
CREATE (run:Run:Entity {id: $runId, jobId: job.id, status: 'SUCCEEDED', startedAt: datetime($input.run.new.startedAt),
  endedAt: datetime($input.run.new.endedAt), createdAt: at, recordedAt: at, revision: 1, isStub: false,
  createdById: actor.id})
CREATE (e:Evaluation:Entity {id: $evaluationId, versionId: v.id, context: 'OFFLINE', evaluatedAt: at, createdAt: at,
  recordedAt: at, revision: 1, isStub: false, createdById: actor.id, evaluatorId: actor.id})
CREATE (:VersionLifecycle:Entity {id: $lifeId, subjectId: v.id, state: 'ACTIVE', setById: actor.id, recordedAt: at,
  validFrom: at, open: true, openKey: v.id})
CREATE (m)-[:HAS_VERSION]->(v)
CREATE (run)-[:OF_JOB]->(job)
CREATE (v)-[:GENERATED_BY {id: $edgeId, recordedAt: at, validFrom: at, assertedById: actor.id}]->(run)
CREATE (v)-[:DERIVED_FROM {id: $edgeId, kind: $input.parents[0].kind, recordedAt: at, validFrom: at,
  assertedById: actor.id}]->(parent)
CREATE (e)-[:EVALUATED {id: $edgeId, recordedAt: at, validFrom: at, assertedById: actor.id}]->(v)
FOREACH (name IN keys($input.run.new.parameters) |
  CREATE (:Parameter {subjectId: run.id, name: name, value: toString($input.run.new.parameters[name]),
    number: toFloat($input.run.new.parameters[name])}))
FOREACH (metric IN $input.evaluations[0].metrics |
  CREATE (:Metric {subjectId: e.id, name: metric.name, value: metric.value, versionId: v.id, context: 'OFFLINE',
    evaluatedAt: at}))
FOREACH (subject IN [v, run, e] |
  CREATE (:AuditEvent:Entity {id: $eventId + subject.id, at: at, actorId: actor.id, action: 'modelVersion.register',
    subjectId: subject.id, subjectType: head(labels(subject)), pending: true}))
WITH v, run, at, actor
CALL (run, at, actor) {
  UNWIND $input.inputs AS input
  MATCH (dataset:Dataset {name: input.dataset.existing.version.dataset})
  MATCH (d:DatasetVersion {datasetId: dataset.id, version: input.dataset.existing.version.version})
  CREATE (run)-[:USED {id: $edgeId + input.role, role: input.role, recordedAt: at, validFrom: at, assertedById: actor.id}]->(d)
  WITH input, d ORDER BY input.role, d.id
  RETURN collect({role: input.role, dataset: d {.id, .version}}) AS data
}
RETURN {registerModelVersion: {created: true, modelVersion: v {
  .id, .number, .framework, run: run {.id, .status}, trainingData: data
}}} AS data
