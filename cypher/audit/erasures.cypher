// What tells that texts of events were erased.
// read
UNWIND $given.actions AS action
MATCH (e:AuditEvent {action: action})
WHERE e.at IS NOT NULL AND e.id IS NOT NULL
RETURN collect(e {.action, .at, .subjectId, .body}) AS erasures
