// Entities that were put away, or those that were not.
// predicate
(node.archivedAt IS NOT NULL) = $value
