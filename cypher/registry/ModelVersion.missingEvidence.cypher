// What nobody has recorded of a version.
// relation this -> value, list
UNWIND [
  CASE WHEN this.artifactUri IS NULL THEN 'artifact' END,
  CASE WHEN this.artifactDigest IS NULL THEN 'digest' END,
  CASE WHEN this.licenseDeclared IS NULL THEN 'license' END,
  CASE WHEN NOT EXISTS { (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(:Run) } THEN 'run' END,
  CASE WHEN NOT EXISTS {
    (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(:Run)-[used:USED WHERE used.validTo IS NULL]->(:DatasetVersion)
  } THEN 'trainingData' END,
  CASE WHEN NOT EXISTS {
    (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(:Run)-[used:USED WHERE used.validTo IS NULL]->(:Commit)
  } THEN 'commit' END,
  CASE WHEN NOT EXISTS { (this)<-[of:EVALUATED WHERE of.validTo IS NULL]-(:Evaluation) } THEN 'evaluation' END
] AS missing
WITH missing
WHERE missing IS NOT NULL
RETURN missing AS value
