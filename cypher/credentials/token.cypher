// Whose token this is, and whether it still holds.
// read
OPTIONAL MATCH (t:ApiToken {digest: $given.digest})
OPTIONAL MATCH (a:Entity {id: t.actorId})
RETURN t.digest AS digest, t.id AS tokenId, a.id AS actorId, a.name AS name, t.permissions AS permissions,
  [] AS teamIds, t.expiresAt AS expiresAt, CASE
    WHEN a IS NULL OR a.archivedAt IS NOT NULL OR t.open IS NULL THEN 'unknown'
    WHEN t.expiresAt <= datetime.realtime() THEN 'expired'
    ELSE 'good' END AS standing
