// The token that was changed.
// relation apiToken -> node, one
MATCH (node:ApiToken {id: parent})
