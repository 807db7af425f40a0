// The dataset of a snapshot.
// relation datasetId -> node, one
MATCH (node:Entity {id: parent})
