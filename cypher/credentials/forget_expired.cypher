// Forget sessions and links that expired: they open nothing, and the log keeps when they were begun.
// note
CALL () {
  MATCH (s:BrowserSession) WHERE s.expiresAt < datetime.realtime() - duration({days: 1})
  WITH s LIMIT 1000
  DELETE s
  RETURN count(*) AS sessions
}
CALL () {
  MATCH (l:SignInLink) WHERE l.expiresAt < datetime.realtime() - duration({days: 1})
  WITH l LIMIT 1000
  DELETE l
  RETURN count(*) AS links
}
RETURN sessions, links
