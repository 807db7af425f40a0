// Close a finding. The lock is that of governance.
// write

// include governance/lock
WITH l, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (fact:Entity {id: $given.id})
// include governance/end_fact
