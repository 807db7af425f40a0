// Snapshots with a classification.
// predicate
any(classification IN node.classifications WHERE compare(classification))
