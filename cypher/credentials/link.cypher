// Whom a link signs in.
// read
OPTIONAL MATCH (l:SignInLink {digest: $given.digest})
RETURN l.digest AS digest, l.actorId AS actorId
