// One figure of the latest evaluation of a version that has it.
// relation id -> node, one
MATCH (node:Metric {versionId: parent, name: $name} WHERE node.evaluatedAt IS NOT NULL)
WHERE ($on IS NULL OR node.onId = $on) AND coalesce(node.slice, '') = coalesce($slice, '')
MATCH (evaluation:Entity {id: node.subjectId} WHERE evaluation.archivedAt IS NULL)
WITH node
ORDER BY node.evaluatedAt DESC, node.subjectId DESC
LIMIT 1
