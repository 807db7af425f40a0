// Events that neither wait nor have a place in the log.
// offline
MATCH (e:AuditEvent)
WHERE e.sequence IS NULL AND e.pending IS NULL
WITH e
ORDER BY e.at, e.id
LIMIT 1
RETURN collect(e.id) AS ids
