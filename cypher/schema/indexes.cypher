// The indexes of the database, without those that belong to a constraint and without Neo4j's own token look-ups.
// offline
SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, owningConstraint, state
WHERE owningConstraint IS NULL AND type <> 'LOOKUP'
RETURN collect({
  name: name, type: type, entityType: entityType, owner: labelsOrTypes[0], properties: properties, state: state
}) AS rows
