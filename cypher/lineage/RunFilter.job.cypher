// Runs of jobs whose name matches.
// predicate
EXISTS {
  MATCH (job:Entity {id: node.jobId})
  WHERE compare(job.name)
}
