// What let it in: the approvals of its version for its environment that stood when it was placed.
// relation this -> node, list
// order VALID_FROM node.validFrom
MATCH (node:Approval {versionId: this.versionId} WHERE node.validFrom <= this.validFrom AND node.id IS NOT NULL)
WHERE node.environmentId = this.environmentId AND node.decision = 'APPROVED'
  AND (node.validTo IS NULL OR node.validTo > this.validFrom)
WITH DISTINCT node
