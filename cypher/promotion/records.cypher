// What some decisions were made by.
// read
UNWIND $given.ids AS id
MATCH (decision:Entity {id: id})
RETURN collect([id, decision.record]) AS records
