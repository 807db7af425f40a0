// Deployments by their location.
// predicate
EXISTS {
  MATCH (place:Entity {id: node.endpointId})
  WHERE compare(place.location)
}
