// The names of an entity in other systems.
// relation id -> value, list
MATCH (reference:ExternalReference {subjectId: parent})
RETURN reference {.*} AS value
ORDER BY reference.system, reference.externalId
