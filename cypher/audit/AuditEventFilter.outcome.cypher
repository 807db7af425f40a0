// Events with one of these outcomes.
// predicate
coalesce(node.outcome, 'DONE') IN $value
