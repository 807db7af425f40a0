// Requests to admit a version.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:ApprovalRequest {versionId: parent})
