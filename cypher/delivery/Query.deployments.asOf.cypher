// All deployments, those that were live at an instant.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Deployment WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
