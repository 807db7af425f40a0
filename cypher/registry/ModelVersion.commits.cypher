// The code that the run which made a version used.
// relation this -> node, list
// order ID node.id
MATCH (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
WHERE visible(run)
MATCH (run)-[used:USED WHERE used.validTo IS NULL]->(node:Commit)
WITH DISTINCT node
