// Deployments of a version.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Deployment {versionId: parent})
