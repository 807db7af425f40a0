// What a run made.
// relation this -> node, list
// order ID node.id
MATCH (this)<-[made:GENERATED_BY WHERE made.validTo IS NULL]-(node)
WITH DISTINCT node
