// Deployments that are live, or those that are not.
// predicate
coalesce(node.open, false) = $value
