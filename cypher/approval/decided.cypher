// Decisions on requests, with the evaluations that they stood on and that were retracted.
// read
UNWIND $given.ids AS id
MATCH (approval:Entity {id: id})
RETURN collect(approval {.*,
  ended: COLLECT { UNWIND approval.evaluationIds AS on OPTIONAL MATCH (evaluation:Entity {id: on})
    WITH on, evaluation WHERE evaluation IS NULL OR evaluation.archivedAt IS NOT NULL
    RETURN on }}) AS approvals
