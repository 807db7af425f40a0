// Applications by name.
// read
UNWIND $given.applicationsByName AS k
MATCH (x:Application {name: k.name})
RETURN k.ref AS ref, x
