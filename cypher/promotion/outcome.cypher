// What was decided.
// read
MATCH (decision:Entity {id: $given.id})
RETURN decision.isAllowed AS isAllowed, decision.record AS record
