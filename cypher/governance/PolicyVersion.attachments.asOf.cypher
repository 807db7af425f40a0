// Where a version of a policy was attached at an instant.
// relation id -> node, list
// order ID node.id
MATCH (node:PolicyAttachment {policyVersionId: parent} WHERE node.validFrom <= $asOf AND node.id IS NOT NULL)
WHERE node.validTo IS NULL OR node.validTo > $asOf
