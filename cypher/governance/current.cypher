// Whether what was decided still holds, `isCurrent`: neither what is decided by nor lineage has changed since.
// part
MERGE (governance:Lock {name: 'governance'})
ON CREATE SET governance.epoch = 0
SET governance._lock = true
REMOVE governance._lock
MERGE (lineage:Lock {name: 'lineage'})
ON CREATE SET lineage.epoch = 0
SET lineage._lock = true
REMOVE lineage._lock
WITH governance.epoch = $given.epochs.governance AND lineage.epoch = $given.epochs.lineage AS isCurrent
