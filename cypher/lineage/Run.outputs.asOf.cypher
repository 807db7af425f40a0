// What a run made, as it was held at an instant.
// relation this -> node, list
// order ID node.id
MATCH (this)<-[made:GENERATED_BY]-(node)
WHERE made.validFrom <= $asOf AND (made.validTo IS NULL OR made.validTo > $asOf)
WITH DISTINCT node
