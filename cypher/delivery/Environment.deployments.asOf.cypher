// Deployments in an environment, those that were live at an instant.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Deployment {environmentId: parent} WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
