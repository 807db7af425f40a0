// All delegations.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Delegation)
