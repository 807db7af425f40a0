// What nobody has recorded of a version.
// relation this -> value, list
UNWIND [
  CASE WHEN this.artifactUri IS NULL THEN 'artifact' END,
  CASE WHEN this.artifactDigest IS NULL THEN 'digest' END,
  CASE WHEN this.licenseDeclared IS NULL THEN 'license' END,
  CASE WHEN NOT EXISTS {
    MATCH (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
    WHERE visible(run)
  } THEN 'run' END,
  CASE WHEN NOT EXISTS {
    MATCH (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
    MATCH (run)-[used:USED WHERE used.validTo IS NULL]->(data:DatasetVersion)
    WHERE visible(run) AND visible(data)
  } THEN 'trainingData' END,
  CASE WHEN NOT EXISTS {
    MATCH (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
    MATCH (run)-[used:USED WHERE used.validTo IS NULL]->(:Commit)
    WHERE visible(run)
  } THEN 'commit' END,
  CASE WHEN NOT EXISTS {
    (this)<-[of:EVALUATED WHERE of.validTo IS NULL]-(evaluation:Evaluation WHERE evaluation.archivedAt IS NULL)
  } THEN 'evaluation' END
] AS missing
WITH missing
WHERE missing IS NOT NULL
RETURN missing AS value
