// An endpoint by its key.
// anchor -> node, one
MATCH (environment:Environment {name: $environment})
MATCH (node:Endpoint {environmentId: environment.id, location: $location, name: $name})
