// A snapshot by its name in another system.
// anchor -> node, one
MATCH (reference:ExternalReference {system: $by.external.system, externalId: $by.external.externalId})
MATCH (node:Entity:DatasetVersion {id: reference.subjectId})
