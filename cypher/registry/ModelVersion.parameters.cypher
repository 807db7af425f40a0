// The parameters of a version and of the run that made it.
// relation this -> value, list
CALL (this) {
  MATCH (parameter:Parameter {subjectId: this.id} WHERE parameter.name IS NOT NULL)
  RETURN parameter, 'VERSION' AS source
  UNION ALL
  MATCH (this)-[made:GENERATED_BY WHERE made.validTo IS NULL]->(run:Run)
  WHERE visible(run)
  WITH DISTINCT run
  MATCH (parameter:Parameter {subjectId: run.id} WHERE parameter.name IS NOT NULL)
  RETURN parameter, 'RUN' AS source
}
WITH parameter, source
WHERE $names IS NULL OR parameter.name IN $names
RETURN {name: parameter.name, value: parameter.value, source: source} AS value
ORDER BY parameter.name, source DESC, parameter.subjectId
