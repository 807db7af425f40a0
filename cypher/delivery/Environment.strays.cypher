// What was seen to run in an environment, although nothing is placed there in its part.
// relation id -> node, list
// order ID node.id
MATCH (endpoint:Endpoint {environmentId: parent} WHERE endpoint.location IS NOT NULL AND endpoint.name IS NOT NULL)
UNWIND ['PRIMARY', 'CANARY', 'CHALLENGER', 'SHADOW'] AS role
MATCH (node:Observation {openKey: endpoint.id + '/' + role})
WHERE node.isRunning
