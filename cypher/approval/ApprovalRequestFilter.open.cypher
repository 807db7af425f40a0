// Requests that are open, or those that were withdrawn.
// predicate
coalesce(node.open, false) = $value
