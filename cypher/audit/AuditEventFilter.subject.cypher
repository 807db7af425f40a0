// What was done to something.
// predicate
node.subjectId = $value
