// Deployments at an endpoint.
// relation this -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (this)<-[:AT]-(node:Deployment)
WITH DISTINCT node
