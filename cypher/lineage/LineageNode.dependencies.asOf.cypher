// What an asset needs when it runs, as it was held at an instant.
// relation this -> value, list
MATCH (this)-[edge:DEPENDS_ON]->(target)
WHERE edge.validFrom <= $asOf AND (edge.validTo IS NULL OR edge.validTo > $asOf)
RETURN {edgeId: edge.id, kind: edge.kind, target: target} AS value
ORDER BY edge.id
