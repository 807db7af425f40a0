// All recalls.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Recall)
