// The data that the run which made a version used.
// relation this -> value, list
MATCH (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
WITH DISTINCT run
MATCH (run)-[used:USED WHERE used.validTo IS NULL]->(data:DatasetVersion)
RETURN {role: used.role, dataset: data, via: run} AS value
ORDER BY used.role, data.id, used.id
