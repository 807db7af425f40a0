// Erase what is known of a person, in the history too: a pseudonym stays.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at, 'erased-' + $given.id AS pseudonym
CALL (x) {
  MATCH (s:Tag {subjectId: x.id})
  WHERE s.key IS NOT NULL
  RETURN collect(s) AS tags
}
CALL (x) {
  MATCH (s:Link {subjectId: x.id})
  WHERE s.url IS NOT NULL
  RETURN collect(s) AS links
}
CALL (x) {
  MATCH (s:ExternalReference {subjectId: x.id})
  RETURN collect(s) AS references
}
CALL (x) {
  MATCH (s:Identity {actorId: x.id})
  RETURN collect(s) AS identities
}
CALL (x) {
  MATCH (e:AuditEvent {subjectId: x.id})
  WHERE e.at IS NOT NULL AND e.id IS NOT NULL AND e.texts IS NOT NULL
  RETURN collect(e) AS told
}
WITH *, tags + links + references + identities AS described
WITH *, CASE
  WHEN x IS NULL THEN 'outdated'
  WHEN x.name = pseudonym AND size(described) = 0 AND coalesce(x.email, x.displayName, x.metadata) IS NULL
    THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (s IN CASE WHEN outcome = 'done' THEN described ELSE [] END | DELETE s)
FOREACH (e IN CASE WHEN outcome = 'done' THEN told ELSE [] END | REMOVE e.places, e.texts)
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET x.name = pseudonym, x.archivedAt = coalesce(x.archivedAt, at), x.revision = x.revision + 1
  REMOVE x.displayName, x.email, x.metadata)
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: x.id,
  subjectType: 'User', before: null, after: {name: pseudonym, erased: {events: size(told)}}}] AS changes
