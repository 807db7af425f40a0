// Entities that somebody of this name answers for.
// predicate
EXISTS {
  MATCH (node)<-[held:OWNS WHERE held.validTo IS NULL]-(owner:Actor)
  WHERE compare(owner.name)
}
