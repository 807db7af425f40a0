// The locations of an environment: those it is said to have, and those that its endpoints are in.
// relation this -> value, list
CALL (this) {
  UNWIND this.locations AS location
  RETURN location
  UNION
  MATCH (endpoint:Endpoint {environmentId: this.id} WHERE endpoint.location IS NOT NULL AND endpoint.name IS NOT NULL)
  WHERE visible(endpoint)
  RETURN endpoint.location AS location
}
WITH location AS value
WHERE value <> ''
RETURN value
ORDER BY value
