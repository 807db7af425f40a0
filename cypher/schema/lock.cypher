// Takes the lock under which migrations are applied; the transaction that ran it keeps it until its end.
// offline
MERGE (lock:Lock {name: 'schema'})
ON CREATE SET lock.epoch = 0
SET lock._lock = true
REMOVE lock._lock
RETURN lock.name AS name
