// Anything by its id.
// read
UNWIND $given.ids AS k
MATCH (x:Entity {id: k.id})
RETURN k.ref AS ref, x
