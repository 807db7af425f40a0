// A version by its id.
// anchor -> node, one
MATCH (node:Entity:ModelVersion {id: $by.id})
