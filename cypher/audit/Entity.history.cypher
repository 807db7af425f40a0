// What happened to an entity.
// relation id -> node, page
// order AT node.at, descending
MATCH (node:AuditEvent {subjectId: parent})
