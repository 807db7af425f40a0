// What was decided on a request.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Approval {requestId: parent})
