// What a run has logged of some series and parameters.
// read
OPTIONAL MATCH (run:Entity {id: $given.id})
CALL (run) {
  UNWIND $given.series AS name
  MATCH (s:MetricSeries {subjectId: run.id, name: name})
  RETURN collect(properties(s)) AS series
}
CALL (run) {
  UNWIND $given.parameters AS name
  MATCH (p:Parameter {subjectId: run.id, name: name})
  RETURN collect(p {.name, .value}) AS parameters
}
RETURN run.revision AS revision, run.status AS status, series, parameters
