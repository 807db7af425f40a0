// What recalls recall, and where each stops at an instant; anything else stands for itself.
// read
UNWIND $given.ids AS id
MATCH (x:Entity {id: id})
CALL (x) {
  MATCH (x)-[:RECALLS]->(target)
  RETURN collect(target.id) AS targets
}
CALL (x) {
  MATCH (x)<-[:MITIGATES]-(m:Mitigation)
  WHERE CASE WHEN $given.asOf IS NULL THEN m.open IS NOT NULL ELSE m.validFrom <= $given.asOf
      AND (m.validTo IS NULL OR m.validTo > $given.asOf) END
    AND (m.expiresAt IS NULL OR m.expiresAt > coalesce($given.asOf, datetime.realtime()))
  RETURN collect({on: m.onId, edges: m.edgeIds}) AS mitigations
}
RETURN collect({id: x.id, targets: CASE WHEN x:Recall THEN targets ELSE [x.id] END, mitigations: mitigations}) AS recalls
