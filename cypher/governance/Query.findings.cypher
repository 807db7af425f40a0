// All findings.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Finding)
