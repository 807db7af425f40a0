// Lift a recall: nothing is recalled by it from now on. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (fact:Entity {id: $given.id})
// include governance/end_fact
