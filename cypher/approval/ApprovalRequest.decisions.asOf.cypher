// What stood decided on a request at an instant.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Approval {requestId: parent} WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
