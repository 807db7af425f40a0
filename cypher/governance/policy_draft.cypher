// The draft of a policy, if it has one.
// read
OPTIONAL MATCH (v:PolicyVersion {draftOf: $given.policyId})
RETURN v {.id, .mode, .rules, .approvals, .revision} AS draft
