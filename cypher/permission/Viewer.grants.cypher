// What was granted to who asks, in person.
// relation actor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Grant {holderId: parent, open: true})
