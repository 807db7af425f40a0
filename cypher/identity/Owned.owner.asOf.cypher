// Who answers for an entity at an instant.
// relation this -> node, one
MATCH (this)<-[held:OWNS WHERE held.validFrom <= $asOf AND (held.validTo IS NULL OR held.validTo > $asOf)]-(node:Actor)
