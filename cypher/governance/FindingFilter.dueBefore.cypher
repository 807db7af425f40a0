// Findings that have to be closed before a day.
// predicate
node.dueOn < $value
