// Which names are taken: aliases and places of deployments by their open keys, former names of models.
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
  UNWIND $given.formerNames AS name
  MATCH (former:FormerName {name: name})
  RETURN collect(former.name) AS formerNames
}
RETURN aliases + deployments AS openKeys, formerNames
