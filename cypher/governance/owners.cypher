// Who answers for some things, or for the models and datasets that they belong to.
// read
UNWIND $given.ids AS id
MATCH (x:Entity {id: id})
MATCH (home:Entity {id: coalesce(x.modelId, x.datasetId, x.id)})<-[owns:OWNS WHERE owns.validTo IS NULL]-(owner:Actor)
WITH DISTINCT owner ORDER BY owner.id
RETURN collect({id: owner.id, labels: labels(owner)}) AS owners
