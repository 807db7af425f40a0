// The findings about some things that are open, or were open at an instant, the latest first.
// read
WITH $given.asOf AS asOf
UNWIND $given.ids AS id
MATCH (subject:Entity {id: id})<-[:ABOUT]-(finding:Finding)
WHERE CASE WHEN asOf IS NULL THEN finding.open
  ELSE finding.validFrom <= asOf AND (finding.validTo IS NULL OR finding.validTo > asOf) END
WITH finding, id ORDER BY finding.validFrom DESC, finding.id, id
RETURN collect({id: finding.id, aboutId: id, scope: finding.scope}) AS findings
