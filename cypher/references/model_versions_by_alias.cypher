// Versions by an alias that points to them now.
// read
UNWIND $given.modelVersionsByAlias AS k
OPTIONAL MATCH (named:RegisteredModel {name: k.model})
OPTIONAL MATCH (former:FormerName {name: k.model})
WITH k, coalesce(named.id, former.subjectId) AS modelId
MATCH (alias:Alias {openKey: modelId + '/' + k.alias})
MATCH (x:Entity {id: alias.versionId})
RETURN k.ref AS ref, x
