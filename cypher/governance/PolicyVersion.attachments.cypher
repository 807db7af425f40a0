// Where a version of a policy is attached.
// relation id -> node, list
// order ID node.id
MATCH (node:PolicyAttachment {policyVersionId: parent} WHERE node.validFrom IS NOT NULL AND node.id IS NOT NULL)
WHERE node.open
