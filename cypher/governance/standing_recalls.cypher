// The recalls that stand, each with what it recalls and where it stops.
// read
MATCH (recall:Recall {open: true} WHERE recall.validFrom <= datetime.realtime() AND recall.id IS NOT NULL)
CALL (recall) {
  MATCH (recall)-[:RECALLS]->(target)
  RETURN collect(target.id) AS targets
}
CALL (recall) {
  MATCH (recall)<-[:MITIGATES]-(mitigation:Mitigation)
  WHERE mitigation.open AND mitigation.validFrom <= datetime.realtime() AND (mitigation.expiresAt IS NULL OR mitigation.expiresAt > datetime.realtime())
  RETURN collect({on: mitigation.onId, edges: mitigation.edgeIds}) AS mitigations
}
RETURN collect({id: recall.id, targets: targets, mitigations: mitigations}) AS recalls
