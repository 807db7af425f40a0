// A model by its name, or one that it had before.
// anchor -> node, one
CALL () {
  MATCH (node:RegisteredModel {name: $name})
  RETURN node
  UNION
  MATCH (former:FormerName {name: $name})
  MATCH (node:Entity {id: former.subjectId})
  RETURN node
}
