// Endpoints by environment, location and name.
// read
UNWIND $given.endpointsByName AS k
MATCH (environment:Environment {name: k.environment})
MATCH (x:Endpoint {environmentId: environment.id, location: k.location, name: k.name})
RETURN k.ref AS ref, x
