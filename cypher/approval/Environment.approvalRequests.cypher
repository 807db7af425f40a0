// Requests to admit versions to an environment.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:ApprovalRequest {environmentId: parent})
