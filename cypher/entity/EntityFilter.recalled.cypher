// What recalls reach now, or all others.
// predicate
(node.id IN $value.ids) = $value.wanted
