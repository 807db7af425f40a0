// The newest versions of a framework with a tag and a figure that is good enough.
MATCH (v:ModelVersion WHERE v.createdAt IS NOT NULL AND v.id IS NOT NULL)
WHERE v.framework = $framework
  AND EXISTS { MATCH (:Tag {subjectId: v.id, key: 'tier', value: $tier}) }
  AND any(latest IN COLLECT {
    MATCH (m:Metric {versionId: v.id, name: 'auc'} WHERE m.evaluatedAt IS NOT NULL)
    WHERE m.slice IS NULL
    RETURN m.value ORDER BY m.evaluatedAt DESC, m.subjectId DESC LIMIT 1
  } WHERE latest >= $least)
WITH v ORDER BY v.createdAt DESC, v.id DESC LIMIT 21
WITH collect(v) AS found
RETURN {modelVersions: {
  nodes: [v IN found[..20] | v {.id, .number, .framework, createdAt: toString(v.createdAt),
    model: head(COLLECT { MATCH (m:Entity {id: v.modelId}) RETURN m {.name} })}],
  pageInfo: {hasNextPage: size(found) > 20}
}} AS data
