// The log as it stands: how far it has come, its keys, and how many events there are.
// read
OPTIONAL MATCH (log:AuditLog {name: 'audit'})
WITH coalesce(log.size, 0) AS size
CALL () {
  MATCH (key:SealKey WHERE key.number > 0)
  WITH key
  ORDER BY key.number
  RETURN collect(key {.number, .verifier, .fromSize, .introduction}) AS keys
}
CALL () {
  MATCH (e:AuditEvent {pending: true})
  WHERE e.at IS NOT NULL AND e.id IS NOT NULL
  RETURN count(e) AS waiting
}
CALL () {
  MATCH (e:AuditEvent WHERE e.sequence IS NOT NULL)
  WITH e.sequence AS sequence
  ORDER BY sequence DESC
  LIMIT 1
  RETURN collect(sequence) AS lastSequence
}
CALL () {
  MATCH (head:AuditHead WHERE head.size IS NOT NULL)
  WITH head.size AS lastSize
  ORDER BY lastSize DESC
  LIMIT 1
  RETURN collect(lastSize) AS lastHead
}
CALL () {
  MATCH (e:AuditEvent)
  RETURN count(e) AS events
}
RETURN size, keys, waiting, coalesce(head(lastSequence), 0) AS lastSequence, coalesce(head(lastHead), 0) AS lastHead,
  events
