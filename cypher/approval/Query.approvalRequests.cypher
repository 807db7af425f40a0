// All requests to admit versions.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:ApprovalRequest)
