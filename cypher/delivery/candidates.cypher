// The versions that were the primary of an endpoint.
// read
MATCH (:Entity {id: $given.endpointId})<-[:AT]-(d:Deployment)
WHERE d.role = 'PRIMARY'
RETURN collect(DISTINCT d.versionId) AS versions
