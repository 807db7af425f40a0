// The version that an alias points to, now or at an instant.
// anchor -> node, one
WITH $by.alias.model AS name
CALL (name) {
  MATCH (model:RegisteredModel {name: name})
  RETURN model
  UNION
  MATCH (former:FormerName {name: name})
  MATCH (model:Entity {id: former.subjectId})
  RETURN model
}
MATCH (alias:Alias {modelId: model.id, name: $by.alias.alias})
WHERE CASE WHEN $asOf IS NULL THEN alias.open
  ELSE alias.validFrom <= $asOf AND (alias.validTo IS NULL OR alias.validTo > $asOf) END
MATCH (node:Entity {id: alias.versionId})
