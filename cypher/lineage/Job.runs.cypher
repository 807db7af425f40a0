// The runs of a job.
// relation id -> node, page
// order CREATED_AT node.createdAt, descending
MATCH (node:Run {jobId: parent})
