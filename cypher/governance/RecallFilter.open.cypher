// Recalls that were not lifted yet, or those that were.
// predicate
coalesce(node.open, false) = $value
