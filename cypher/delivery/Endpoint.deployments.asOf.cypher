// Deployments at an endpoint, those that were live at an instant.
// relation this -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (this)<-[:AT]-(node:Deployment WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
WITH DISTINCT node
