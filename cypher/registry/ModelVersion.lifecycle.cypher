// The state of a version's life.
// relation id -> node, one
MATCH (node:VersionLifecycle {subjectId: parent})
WHERE node.open
