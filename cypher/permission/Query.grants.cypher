// All grants that hold.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Grant {open: true} WHERE node.validFrom IS NOT NULL AND node.id IS NOT NULL)
