// Datasets by name.
// read
UNWIND $given.datasetsByName AS k
MATCH (x:Dataset {name: k.name})
RETURN k.ref AS ref, x
