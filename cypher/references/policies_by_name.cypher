// Policies by name.
// read
UNWIND $given.policiesByName AS k
MATCH (x:Policy {name: k.name})
RETURN k.ref AS ref, x
