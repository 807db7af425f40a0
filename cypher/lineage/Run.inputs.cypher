// What a run used.
// relation this -> value, list
MATCH (this)-[edge:USED WHERE edge.validTo IS NULL]->(used)
RETURN {edgeId: edge.id, role: edge.role, node: used} AS value
ORDER BY edge.role, used.id, edge.id
