// Requests to admit versions that were open at an instant.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:ApprovalRequest WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
