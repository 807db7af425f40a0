// The figures of an evaluation.
// relation id -> node, list
// order NAME node.name
MATCH (node:Metric {subjectId: parent} WHERE node.name IS NOT NULL)
WHERE $names IS NULL OR node.name IN $names
