// The versions of policies that hold in an environment, or held there at an instant: its own, and those from before it.
// read
MATCH (environment:Environment:Entity {id: $given.environmentId})<-[:PROMOTES_TO*0..32]-(place:Environment)
WITH DISTINCT environment, place, $given.asOf AS asOf
MATCH (a:PolicyAttachment {environmentId: place.id} WHERE a.validFrom IS NOT NULL AND a.id IS NOT NULL)
WHERE (place = environment OR a.holdsBeyond) AND CASE WHEN asOf IS NULL THEN a.open
  ELSE a.validFrom <= asOf AND (a.validTo IS NULL OR a.validTo > asOf) END
WITH DISTINCT a.policyVersionId AS id
MATCH (v:Entity {id: id})
MATCH (p:Entity {id: v.policyId})
WITH v, p ORDER BY p.name, v.number
RETURN collect(v {.id, .number, .mode, .rules, .approvals, .digest, policy: p.name}) AS holding
