// Requests to admit versions to an environment that were open at an instant.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:ApprovalRequest {environmentId: parent} WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
