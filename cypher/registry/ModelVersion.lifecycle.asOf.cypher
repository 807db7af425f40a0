// The state of a version's life at an instant.
// relation id -> node, one
MATCH (node:VersionLifecycle {subjectId: parent})
WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf)
