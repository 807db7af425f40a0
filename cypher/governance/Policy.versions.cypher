// The versions of a policy.
// relation id -> node, page
// order NUMBER node.number, descending
MATCH (node:PolicyVersion {policyId: parent} WHERE node.number IS NOT NULL)
