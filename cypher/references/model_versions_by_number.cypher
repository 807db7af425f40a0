// Versions by their model and number.
// read
UNWIND $given.modelVersionsByNumber AS k
OPTIONAL MATCH (named:RegisteredModel {name: k.model})
OPTIONAL MATCH (former:FormerName {name: k.model})
WITH k, coalesce(named.id, former.subjectId) AS modelId
MATCH (x:ModelVersion {modelId: modelId, number: k.number})
RETURN k.ref AS ref, x
