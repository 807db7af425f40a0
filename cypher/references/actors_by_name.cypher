// Users, teams and service accounts by name.
// read
UNWIND $given.actorsByName AS k
MATCH (x:Actor {name: k.name})
RETURN k.ref AS ref, x
