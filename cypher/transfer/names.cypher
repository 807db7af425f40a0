// What some entities are called: the parts of their natural keys.
// offline
UNWIND $given.ids AS id
MATCH (x:Entity {id: id})
OPTIONAL MATCH (owner:Entity {id: coalesce(x.modelId, x.datasetId, x.repositoryId, x.environmentId)})
RETURN collect(x {.id, .name, .number, .version, .location, .namespace, .url, .sha, labels: labels(x),
  owner: coalesce(owner.name, owner.url)}) AS names
