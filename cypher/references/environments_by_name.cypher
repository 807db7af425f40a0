// Environments by name.
// read
UNWIND $given.environmentsByName AS k
MATCH (x:Environment {name: k.name})
RETURN k.ref AS ref, x
