// Whose session this is, and whether it still holds. One that was begun with a token ends with that.
// read
OPTIONAL MATCH (s:BrowserSession {digest: $given.digest})
OPTIONAL MATCH (a:Entity {id: s.actorId})
OPTIONAL MATCH (t:ApiToken {id: s.tokenId})
WITH s, a, t, datetime.realtime() AS now
RETURN s.digest AS digest, s.id AS sessionId, a.id AS actorId, a.name AS name, s.permissions AS permissions,
  coalesce(s.teamIds, []) AS teamIds, s.expiresAt AS expiresAt, CASE
    WHEN a IS NULL OR a.archivedAt IS NOT NULL THEN 'unknown'
    WHEN s.tokenId IS NOT NULL AND t.open IS NULL THEN 'unknown'
    WHEN s.expiresAt <= now OR t.expiresAt <= now THEN 'expired'
    ELSE 'good' END AS standing
