// The tokens of who asks.
// relation actor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:ApiToken {actorId: parent})
