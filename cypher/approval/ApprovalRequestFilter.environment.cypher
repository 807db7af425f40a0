// Requests by their environment.
// predicate
EXISTS {
  MATCH (place:Entity {id: node.environmentId})
  WHERE compare(place.name)
}
