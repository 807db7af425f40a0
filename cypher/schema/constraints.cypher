// The constraints of the database.
// offline
SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties
RETURN collect({name: name, type: type, entityType: entityType, owner: labelsOrTypes[0], properties: properties}) AS rows
