// The version that an alias points to, with its aliases and tags.
MATCH (model:RegisteredModel {name: $model})
MATCH (alias:Alias {modelId: model.id, name: $alias} WHERE alias.open)
MATCH (v:Entity {id: alias.versionId})
RETURN {modelVersion: v {
  .id, .number, .framework, .format, createdAt: toString(v.createdAt),
  artifact: {uri: v.artifactUri, sizeBytes: v.artifactSizeBytes},
  license: {spdx: v.licenseSpdx},
  aliases: COLLECT {
    MATCH (a:Alias {versionId: v.id} WHERE a.open)
    RETURN a {.name} ORDER BY a.name, a.id
  },
  tags: COLLECT {
    MATCH (t:Tag {subjectId: v.id} WHERE t.key IS NOT NULL)
    RETURN t {.key, .value} ORDER BY t.key
  }
}} AS data
