// Who made something, or in whose place it was made, and whether somebody else's rejection stands on it.
// read
MATCH (x:Entity {id: $given.id})
RETURN [id IN [x.createdById, x.onBehalfOfId] WHERE id IS NOT NULL] AS makers,
  EXISTS { (x)<-[:DECIDES]-(a:Approval {decision: 'REJECTED'}) WHERE a.open AND a.approverId <> x.createdById } AS isContested
