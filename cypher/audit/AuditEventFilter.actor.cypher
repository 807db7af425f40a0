// What somebody did.
// predicate
node.actorId = $value
