// What an asset needs when it runs.
// relation this -> value, list
MATCH (this)-[edge:DEPENDS_ON WHERE edge.validTo IS NULL]->(target)
RETURN {edgeId: edge.id, kind: edge.kind, target: target} AS value
ORDER BY edge.id
