// The teams of these names, as far as there are such.
// read
UNWIND $given.names AS name
MATCH (t:Actor {name: name})
WHERE t:Team AND t.archivedAt IS NULL
RETURN collect(t.id) AS ids
