// What somebody has to know of a node.
// relation this -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (this)<-[:ABOUT]-(node:Finding)
WITH DISTINCT node
