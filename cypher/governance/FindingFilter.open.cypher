// Findings that were not closed yet, or those that were.
// predicate
coalesce(node.open, false) = $value
