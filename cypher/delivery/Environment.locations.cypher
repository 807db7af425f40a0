// The locations of an environment.
// relation id -> value, list
MATCH (endpoint:Endpoint {environmentId: parent} WHERE endpoint.location IS NOT NULL AND endpoint.name IS NOT NULL)
WHERE visible(endpoint)
WITH DISTINCT endpoint.location AS value
WHERE value <> ''
RETURN value
ORDER BY value
