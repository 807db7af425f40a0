// A grant by its id.
// read
OPTIONAL MATCH (g:Grant {id: $given.id})
RETURN g {.id, .scopeId, .role, .permissions} AS grant
