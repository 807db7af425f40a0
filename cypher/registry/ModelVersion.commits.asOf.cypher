// The code that the run which made a version used, as it was held at an instant.
// relation this -> node, list
// order ID node.id
MATCH (this)-[made:GENERATED_BY]->(run:Run)
WHERE made.validFrom <= $asOf AND (made.validTo IS NULL OR made.validTo > $asOf) AND visible(run)
MATCH (run)-[used:USED]->(node:Commit)
WHERE used.validFrom <= $asOf AND (used.validTo IS NULL OR used.validTo > $asOf)
WITH DISTINCT node
