// The edges that mitigations are on.
// read
UNWIND $given.ids AS id
MATCH (mitigation:Entity {id: id})
WHERE mitigation.edgeId IS NOT NULL
RETURN collect([mitigation.id, mitigation.edgeId]) AS edges
