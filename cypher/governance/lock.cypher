// Waits for its turn among those that decide, and those that change what is decided by.
// part
MERGE (l:Lock {name: 'governance'})
ON CREATE SET l.epoch = 0
SET l._lock = true
REMOVE l._lock
