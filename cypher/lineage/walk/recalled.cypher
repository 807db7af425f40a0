// The recalls that stand of what a reach has in it, each with where it stops.
// part
MATCH (node)<-[:RECALLS]-(fact:Recall)
WHERE visible(fact) AND stands(fact)
WITH start, node, depth, fact AS recall
CALL (recall) {
  MATCH (recall)<-[:MITIGATES]-(fact:Mitigation)
  WHERE stands(fact)
  WITH fact ORDER BY fact.id
  RETURN collect({id: fact.id, scopes: coalesce(fact.scopes, [fact.scope]), on: fact.onId, edges: fact.edgeIds}) AS mitigations
}
WITH collect({start: start.id, target: node.id, depth: depth, recall: recall.id, mitigations: mitigations}) AS found
RETURN found, $asOf + duration({milliseconds: $settles}) < datetime.realtime() AS asOfSettled
