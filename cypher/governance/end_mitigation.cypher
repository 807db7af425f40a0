// End a mitigation: the recall goes on from where it stopped. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (fact:Entity {id: $given.id})
// include governance/end_fact
