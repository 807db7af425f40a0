// Who made something.
// read
MATCH (x:Entity {id: $given.id})
RETURN x.createdById AS createdById
