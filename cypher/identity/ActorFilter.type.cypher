// Actors of one of these kinds.
// predicate
any(label IN labels(node) WHERE label IN $value)
