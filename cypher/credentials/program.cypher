// The service account of a name.
// read
OPTIONAL MATCH (a:Actor {name: $given.name})
RETURN a.id AS actorId, a.name AS name, a.archivedAt IS NOT NULL AS isArchived,
  a IS NULL OR a:ServiceAccount AS isProgram
