// What is open at an endpoint, the latest first.
// read
MATCH (d:Deployment {endpointId: $given.endpointId, open: true})
WITH d ORDER BY d.validFrom DESC, d.id DESC
RETURN collect(d {.id, .role, .versionId, .status}) AS found
