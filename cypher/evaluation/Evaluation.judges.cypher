// Models that gave the verdict.
// relation this -> node, list
// order ID node.id
MATCH (this)-[judged:JUDGED_BY WHERE judged.validTo IS NULL]->(node:ModelVersion)
WITH DISTINCT node
