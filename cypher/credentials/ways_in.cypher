// In how many ways somebody can sign in now: with tokens, and in browsers that are signed in already.
// read
OPTIONAL MATCH (a:Actor {name: $given.name})
WITH a.id AS id, datetime.realtime() AS now
CALL (id, now) {
  MATCH (t:ApiToken {actorId: id}) WHERE t.validFrom IS NOT NULL AND t.id IS NOT NULL
  RETURN count(CASE WHEN t.open = true AND t.expiresAt > now THEN 1 END) AS tokens
}
CALL (id, now) {
  MATCH (s:BrowserSession) WHERE s.expiresAt > now AND s.actorId = id
  RETURN count(*) AS sessions
}
RETURN tokens + sessions AS ways
