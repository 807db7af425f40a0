// One event.
// read
OPTIONAL MATCH (e:Entity {id: $given.id})
WHERE e:AuditEvent
RETURN properties(e) AS event
