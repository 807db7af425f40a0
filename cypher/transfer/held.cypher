// Which names are taken: what is open by its key, drafts by their policies, former names of models.
// offline
CALL () {
  UNWIND $given.openKeys AS openKey
  MATCH (alias:Alias {openKey: openKey})
  RETURN collect(alias.openKey) AS aliases
}
CALL () {
  UNWIND $given.openKeys AS openKey
  MATCH (deployment:Deployment {openKey: openKey})
  RETURN collect(deployment.openKey) AS deployments
}
CALL () {
  UNWIND $given.openKeys AS openKey
  MATCH (attachment:PolicyAttachment {openKey: openKey})
  RETURN collect(attachment.openKey) AS attachments
}
CALL () {
  UNWIND $given.openKeys AS policyId
  MATCH (draft:PolicyVersion {draftOf: policyId})
  RETURN collect(draft.draftOf) AS drafts
}
CALL () {
  UNWIND $given.openKeys AS openKey
  MATCH (request:ApprovalRequest {openKey: openKey})
  RETURN collect(request.openKey) AS requests
}
CALL () {
  UNWIND $given.openKeys AS openKey
  MATCH (approval:Approval {openKey: openKey})
  RETURN collect(approval.openKey) AS approvals
}
CALL () {
  UNWIND $given.formerNames AS name
  MATCH (former:FormerName {name: name})
  RETURN collect(former.name) AS formerNames
}
RETURN aliases + deployments + attachments + drafts + requests + approvals AS openKeys, formerNames
