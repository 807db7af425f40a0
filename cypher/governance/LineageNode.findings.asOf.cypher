// What somebody had to know of a node at an instant.
// relation this -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (this)<-[:ABOUT]-(node:Finding)
WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf)
WITH DISTINCT node
