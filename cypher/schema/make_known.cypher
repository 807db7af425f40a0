// Makes every name of the model known: a statement that was planned when one of its names was not is planned anew later.
// offline
CALL () {
  UNWIND $labels AS name
  CALL db.createLabel(name)
  RETURN count(*) AS labels
}
CALL () {
  UNWIND $types AS name
  CALL db.createRelationshipType(name)
  RETURN count(*) AS types
}
CALL () {
  UNWIND $properties AS name
  CALL db.createProperty(name)
  RETURN count(*) AS properties
}
RETURN labels, types, properties
