// Delegations that held at an instant.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Delegation WHERE node.validFrom <= $asOf AND node.validTo > $asOf)
