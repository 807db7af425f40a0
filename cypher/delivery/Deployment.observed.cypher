// What was seen last of a deployment.
// relation id -> node, one
MATCH (node:Observation {deploymentId: parent} WHERE node.validFrom IS NOT NULL)
WITH node ORDER BY node.validFrom DESC
LIMIT 1
