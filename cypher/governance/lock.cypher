// Take the lock of governance, which whoever changes what decisions depend on takes first: `l` and the instant `now`.
// part
MERGE (l:Lock {name: 'governance'})
ON CREATE SET l.epoch = 0
SET l._lock = true
REMOVE l._lock
WITH l, datetime.truncate('microsecond', datetime.realtime()) AS now
