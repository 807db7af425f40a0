// The data that the run which made a version used, as it was held at an instant.
// relation this -> value, list
MATCH (this)-[made:GENERATED_BY]->(run:Run)
WHERE made.validFrom <= $asOf AND (made.validTo IS NULL OR made.validTo > $asOf)
WITH DISTINCT run
MATCH (run)-[used:USED]->(data:DatasetVersion)
WHERE used.validFrom <= $asOf AND (used.validTo IS NULL OR used.validTo > $asOf)
RETURN {role: used.role, dataset: data, via: run} AS value
ORDER BY used.role, data.id, used.id
