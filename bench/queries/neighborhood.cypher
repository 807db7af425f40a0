// Everything around a version, four levels deep.
MATCH (model:RegisteredModel {name: $model})
MATCH (v:ModelVersion {modelId: model.id, number: $number})
RETURN {modelVersion: v {
  .id, .number, .framework,
  model: model {.name, owner: head(COLLECT { MATCH (model)<-[o:OWNS WHERE o.validTo IS NULL]-(a:Actor) RETURN a {.name} })},
  aliases: COLLECT { MATCH (a:Alias {versionId: v.id} WHERE a.open) RETURN a {.name} ORDER BY a.name, a.id },
  run: head(COLLECT {
    MATCH (v)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
    RETURN run {
      .id, .status,
      job: head(COLLECT { MATCH (job:Entity {id: run.jobId}) RETURN job {.name} }),
      commit: head(COLLECT {
        MATCH (run)-[used:USED WHERE used.validTo IS NULL]->(commit:Commit)
        RETURN commit {.sha, repository: head(COLLECT {
          MATCH (r:Entity {id: commit.repositoryId}) RETURN r {.url} })}
        ORDER BY commit.id LIMIT 1
      }),
      inputs: COLLECT {
        MATCH (run)-[used:USED WHERE used.validTo IS NULL]->(node)
        RETURN {role: used.role, node: CASE WHEN node:DatasetVersion
          THEN node {.id, .version, .rowCount, dataset: head(COLLECT {
            MATCH (d:Entity {id: node.datasetId})
            RETURN d {.name, owner: head(COLLECT {
              MATCH (d)<-[o:OWNS WHERE o.validTo IS NULL]-(a:Actor) RETURN a {.name} })} })}
          ELSE node {.id} END}
        ORDER BY used.role, node.id, used.id
      }
    } ORDER BY run.id LIMIT 1
  }),
  parents: COLLECT {
    MATCH (v)-[made:DERIVED_FROM WHERE made.validTo IS NULL]->(source)
    RETURN {kind: made.kind, source: CASE WHEN source:ModelVersion
      THEN source {.id, .number, model: head(COLLECT { MATCH (m:Entity {id: source.modelId}) RETURN m {.name} })}
      ELSE source {.id} END} ORDER BY made.id
  },
  children: {nodes: COLLECT {
    MATCH (v)<-[made:DERIVED_FROM WHERE made.validTo IS NULL]-(child:ModelVersion)
    WITH DISTINCT child
    RETURN child {.id, .number, model: head(COLLECT { MATCH (m:Entity {id: child.modelId}) RETURN m {.name} })}
    ORDER BY child.createdAt, child.id LIMIT 10
  }},
  evaluations: {nodes: COLLECT {
    MATCH (e:Evaluation {versionId: v.id} WHERE e.evaluatedAt IS NOT NULL AND e.id IS NOT NULL)
    RETURN e {.id, evaluatedAt: toString(e.evaluatedAt), on: head(COLLECT {
      MATCH (on:Entity {id: e.onId})
      RETURN on {.version, dataset: head(COLLECT { MATCH (d:Entity {id: on.datasetId}) RETURN d {.name} })} })}
    ORDER BY e.evaluatedAt DESC, e.id DESC LIMIT 5
  }},
  deployments: {nodes: COLLECT {
    MATCH (d:Deployment {versionId: v.id})
    USING INDEX d:Deployment(versionId, validFrom, id)  // else all deployments are read in the order of their start
    WHERE d.validFrom IS NOT NULL AND d.id IS NOT NULL
    RETURN d {
      .id, .status,
      environment: head(COLLECT { MATCH (place:Entity {id: d.environmentId}) RETURN place {.name} }),
      endpoint: head(COLLECT { MATCH (place:Entity {id: d.endpointId}) RETURN place {.name} })
    } ORDER BY d.validFrom DESC, d.id DESC LIMIT 5
  }}
}} AS data
