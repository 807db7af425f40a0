// What a run used, as it was held at an instant.
// relation this -> value, list
MATCH (this)-[edge:USED]->(used)
WHERE edge.validFrom <= $asOf AND (edge.validTo IS NULL OR edge.validTo > $asOf)
RETURN {edgeId: edge.id, role: edge.role, node: used} AS value
ORDER BY edge.role, used.id, edge.id
