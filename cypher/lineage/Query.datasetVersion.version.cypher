// A snapshot by its dataset and name.
// anchor -> node, one
MATCH (dataset:Dataset {name: $by.version.dataset})
MATCH (node:DatasetVersion {datasetId: dataset.id, version: $by.version.version})
