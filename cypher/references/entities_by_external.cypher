// Anything by its name in another system.
// read
UNWIND $given.entitiesByExternal AS k
MATCH (name:ExternalReference {system: k.system, externalId: k.externalId})
MATCH (x:Entity {id: name.subjectId})
RETURN k.ref AS ref, x
