// An entity by its name in another system.
// anchor -> node, one
MATCH (reference:ExternalReference {system: $system, externalId: $externalId})
MATCH (node:Entity {id: reference.subjectId})
