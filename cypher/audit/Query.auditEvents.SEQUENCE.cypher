// The events that are sealed.
// anchor -> node, page
// order SEQUENCE node.sequence
MATCH (node:AuditEvent)
