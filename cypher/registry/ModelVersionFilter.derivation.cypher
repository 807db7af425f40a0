// Versions that were made from another in one of these ways.
// predicate
EXISTS {
  MATCH (node)-[made:DERIVED_FROM WHERE made.validTo IS NULL]->(source)
  WHERE made.kind IN $value AND visible(source)
}
