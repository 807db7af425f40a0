// How a policy stands in an environment: the version that would hold, what holds by now, and where promotion leads.
// read
WITH $given.policyId AS policyId, $given.environmentId AS environmentId, $given.number AS number
CALL (policyId, number) {
  MATCH (v:PolicyVersion {policyId: policyId} WHERE v.number IS NOT NULL)
  WHERE CASE WHEN number IS NULL THEN v.state = 'PUBLISHED' ELSE v.number = number END
  WITH v ORDER BY v.number DESC
  RETURN head(collect(v {.id, .state})) AS version
}
OPTIONAL MATCH (former:PolicyAttachment {openKey: environmentId + '/' + policyId})
CALL (environmentId) {
  MATCH (:Environment:Entity {id: environmentId})-[:PROMOTES_TO*1..]->(next:Environment)
  RETURN collect(DISTINCT next.id) AS beyond
}
RETURN version, former {.id, .holdsBeyond} AS former, beyond
