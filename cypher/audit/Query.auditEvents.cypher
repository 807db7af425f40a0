// Everything that happened.
// anchor -> node, page
// order AT node.at, descending
MATCH (node:AuditEvent)
