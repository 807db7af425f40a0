// The tokens of an actor, the latest first, at most a thousand.
// read
CALL () {
  MATCH (a:Actor {name: $given.name})
  MATCH (t:ApiToken {actorId: a.id}) WHERE t.validFrom IS NOT NULL AND t.id IS NOT NULL
  WITH t
  ORDER BY t.validFrom DESC, t.id
  LIMIT 1000
  RETURN collect(t {.id, .name, .prefix, .permissions, .validFrom, .expiresAt, .lastUsedAt, .validTo}) AS tokens
}
RETURN tokens
