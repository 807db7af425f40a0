// How often what is decided by has changed, and how often lineage: who decides compares both when acting.
// read
OPTIONAL MATCH (governance:Lock {name: 'governance'})
OPTIONAL MATCH (lineage:Lock {name: 'lineage'})
RETURN {governance: coalesce(governance.epoch, 0), lineage: coalesce(lineage.epoch, 0)} AS epochs
