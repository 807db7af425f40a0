// Where a recall stopped at an instant.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Mitigation {recallId: parent} WHERE node.validFrom <= $asOf AND coalesce(node.validTo > $asOf, true) AND coalesce(node.expiresAt > $asOf, true))
