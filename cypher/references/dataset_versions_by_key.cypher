// Versions of datasets by the names of both.
// read
UNWIND $given.datasetVersionsByKey AS k
MATCH (dataset:Dataset {name: k.dataset})
MATCH (x:DatasetVersion {datasetId: dataset.id, version: k.version})
RETURN k.ref AS ref, x
