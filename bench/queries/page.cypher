// Fifty versions of a model with runs, the inputs of these, evaluations and deployments.
MATCH (model:RegisteredModel {name: $model})
WITH COLLECT {
  MATCH (v:ModelVersion {modelId: model.id} WHERE v.number IS NOT NULL AND v.id IS NOT NULL)
  RETURN v ORDER BY v.number, v.id LIMIT 51
} AS found
RETURN {registeredModel: {versions: {
  nodes: [v IN found[..50] | v {
    .id, .number, .framework, createdAt: toString(v.createdAt),
    run: head(COLLECT {
      MATCH (v)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
      RETURN run {.id, .status, inputs: COLLECT {
        MATCH (run)-[used:USED WHERE used.validTo IS NULL]->(node)
        RETURN {role: used.role, node: CASE WHEN node:DatasetVersion
          THEN node {.id, .version, .rowCount, dataset: head(COLLECT {
            MATCH (dataset:Entity {id: node.datasetId}) RETURN dataset {.name} })}
          ELSE node {.id} END}
        ORDER BY used.role, node.id, used.id
      }} ORDER BY run.id LIMIT 1
    }),
    evaluations: {nodes: COLLECT {
      MATCH (e:Evaluation {versionId: v.id})
      RETURN e {.id, evaluatedAt: toString(e.evaluatedAt), .context} ORDER BY e.evaluatedAt DESC, e.id DESC LIMIT 5
    }},
    deployments: {nodes: COLLECT {
      MATCH (d:Deployment {versionId: v.id})
      RETURN d {.id, .status, validFrom: toString(d.validFrom), environment: head(COLLECT {
        MATCH (place:Entity {id: d.environmentId}) RETURN place {.name} })}
      ORDER BY d.validFrom DESC, d.id DESC LIMIT 5
    }}
  }],
  pageInfo: {hasNextPage: size(found) > 50}
}}} AS data
