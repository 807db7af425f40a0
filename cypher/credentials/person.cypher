// The user that a person, as an issuer knows it, is here.
// read
OPTIONAL MATCH (i:Identity {issuer: $given.issuer, subject: $given.subject})
OPTIONAL MATCH (a:Entity {id: i.actorId})
RETURN a.id AS actorId, a.name AS name, a.archivedAt IS NOT NULL AS isArchived
