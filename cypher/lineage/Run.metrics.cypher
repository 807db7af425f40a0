// What a run logged.
// relation id -> node, list
// order NAME node.name
MATCH (node:MetricSeries {subjectId: parent} WHERE node.name IS NOT NULL)
WHERE $names IS NULL OR node.name IN $names
