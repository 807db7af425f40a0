// Requests to admit a version that were open at an instant.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:ApprovalRequest {versionId: parent} WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
