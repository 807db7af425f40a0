// Lift a recall: nothing is recalled by it from now on. The lock is that of governance.
// write

// include governance/lock
WITH l, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (fact:Entity {id: $given.id})
// include governance/end_fact
