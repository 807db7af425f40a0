// Deployments by their endpoint.
// predicate
EXISTS {
  MATCH (place:Entity {id: node.endpointId})
  WHERE compare(place.name)
}
