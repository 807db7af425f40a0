// The job that a run executed.
// relation jobId -> node, one
MATCH (node:Entity {id: parent})
