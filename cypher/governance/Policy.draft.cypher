// The draft of a policy.
// relation id -> node, one
MATCH (node:PolicyVersion {draftOf: parent})
