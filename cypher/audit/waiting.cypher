// Whether events wait to be sealed, and who may do it.
// read
OPTIONAL MATCH (log:AuditLog {name: 'audit'})
CALL () {
  MATCH (e:AuditEvent {pending: true})
  WHERE e.at IS NOT NULL AND e.id IS NOT NULL
  WITH e
  LIMIT 1
  RETURN count(e) AS waiting
}
RETURN waiting > 0 AS isWaiting, log.verifier AS verifier, log.holder AS holder, log.fence AS fence,
  coalesce(log.leaseUntil > datetime.realtime(), false) AS isHeld
