// Fifty versions of a model with runs, the inputs of these, evaluations and deployments.
MATCH (model:RegisteredModel {name: $model})
WITH COLLECT {
  MATCH (v:ModelVersion {modelId: model.id} WHERE v.number IS NOT NULL)
  WITH v ORDER BY v.number, v.id LIMIT 51
  RETURN v {
    .id, .number, .framework, createdAt: toString(v.createdAt),
    run: head(COLLECT {
      MATCH (v)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
      WITH run ORDER BY run.id LIMIT 1
      RETURN run {.id, .status, inputs: COLLECT {
        MATCH (run)-[used:USED WHERE used.validTo IS NULL]->(node)
        WITH used, node ORDER BY used.role, node.id, used.id
        RETURN {role: used.role, node: CASE WHEN node:DatasetVersion
          THEN node {.id, .version, .rowCount, dataset: head(COLLECT {
            MATCH (dataset:Entity {id: node.datasetId}) RETURN dataset {.name} })}
          ELSE node {.id} END}
      }}
    }),
    evaluations: {nodes: COLLECT {
      MATCH (e:Evaluation {versionId: v.id} WHERE e.evaluatedAt IS NOT NULL AND e.id IS NOT NULL)
      WITH e ORDER BY e.evaluatedAt DESC, e.id DESC LIMIT 5
      RETURN e {.id, evaluatedAt: toString(e.evaluatedAt), .context}
    }},
    deployments: {nodes: COLLECT {
      MATCH (d:Deployment {versionId: v.id})
      USING INDEX d:Deployment(versionId, validFrom, id)  // else all deployments are read in the order of their start
      WHERE d.validFrom IS NOT NULL AND d.id IS NOT NULL
      WITH d ORDER BY d.validFrom DESC, d.id DESC LIMIT 5
      RETURN d {.id, .status, validFrom: toString(d.validFrom), environment: head(COLLECT {
        MATCH (place:Entity {id: d.environmentId}) RETURN place {.name} })}
    }}
  }
} AS found
RETURN {registeredModel: {versions: {nodes: found[..50], pageInfo: {hasNextPage: size(found) > 50}}}} AS data
