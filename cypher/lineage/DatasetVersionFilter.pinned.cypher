// Snapshots that are known exactly, or those that are not.
// predicate
(node.digest IS NOT NULL OR node.snapshotRevision IS NOT NULL) = $value
