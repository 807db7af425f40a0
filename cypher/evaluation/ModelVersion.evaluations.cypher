// The evaluations of a version.
// relation id -> node, page
// order EVALUATED_AT node.evaluatedAt, descending
MATCH (node:Evaluation {versionId: parent} WHERE ($on IS NULL OR node.onId = $on) AND ($slice IS NULL OR node.slice = $slice))
