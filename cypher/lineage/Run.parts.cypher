// The parts of a run.
// relation this -> node, list
// order ID node.id
MATCH (this)<-[:PART_OF]-(node:Run)
WITH DISTINCT node
