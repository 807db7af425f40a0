// Deployments in an environment.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Deployment {environmentId: parent})
