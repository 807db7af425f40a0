// A snapshot by its id.
// anchor -> node, one
MATCH (node:Entity:DatasetVersion {id: $by.id})
