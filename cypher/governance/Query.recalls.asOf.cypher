// All recalls that stood at an instant.
// anchor -> node, page
// order VALID_FROM node.validFrom, descending
MATCH (node:Recall WHERE node.validFrom <= $asOf AND (node.validTo IS NULL OR node.validTo > $asOf))
