// Where a recall stops.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Mitigation {recallId: parent})
