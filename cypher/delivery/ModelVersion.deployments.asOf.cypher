// Deployments of a version, those that were live at an instant.
// relation id -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Deployment {versionId: parent} WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
