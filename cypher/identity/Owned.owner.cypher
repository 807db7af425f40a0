// Who answers for an entity.
// relation this -> node, one
MATCH (this)<-[held:OWNS WHERE held.validTo IS NULL]-(node:Actor)
