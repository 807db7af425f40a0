// A version by its model and number.
// anchor -> node, one
WITH $by.number.model AS name
CALL (name) {
  MATCH (model:RegisteredModel {name: name})
  RETURN model
  UNION
  MATCH (former:FormerName {name: name})
  MATCH (model:Entity {id: former.subjectId})
  RETURN model
}
MATCH (node:ModelVersion {modelId: model.id, number: $by.number.number})
