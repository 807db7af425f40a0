// What an application stands on, as it was held at an instant.
// relation this -> node, list
// order ID node.id
MATCH (this)-[edge:DEPENDS_ON]->(node)
WHERE edge.validFrom <= $asOf AND (edge.validTo IS NULL OR edge.validTo > $asOf)
WITH DISTINCT node
