// A version of a policy by its number; without one its draft, or else the latest that is published.
// read
OPTIONAL MATCH (p:Policy {name: $given.name})
CALL (p) {
  MATCH (v:PolicyVersion {policyId: p.id} WHERE v.number IS NOT NULL)
  WHERE CASE WHEN $given.number IS NULL THEN v.state <> 'RETIRED' ELSE v.number = $given.number END
  WITH v ORDER BY v.state = 'DRAFT' DESC, v.number DESC
  RETURN head(collect(v)) AS v
}
RETURN v {.id, .number, .mode, .rules, .approvals, .digest, policy: p.name} AS version
