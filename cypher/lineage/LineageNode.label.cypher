// What to call an asset.
// relation this -> value, one
OPTIONAL MATCH (owner)-[:HAS_VERSION]->(this)
OPTIONAL MATCH (this)-[:OF_JOB]->(job:Job)
OPTIONAL MATCH (this)-[:IN_REPOSITORY]->(repository:CodeRepository)
OPTIONAL MATCH (version:Entity {id: this.versionId})
OPTIONAL MATCH (model:Entity {id: version.modelId})
OPTIONAL MATCH (this)-[:AT]->(endpoint:Endpoint)
RETURN CASE
  WHEN this:ModelVersion THEN owner.name + '/' + toString(this.number)
  WHEN this:DatasetVersion THEN owner.name + '@' + this.version
  WHEN this:Run THEN coalesce(this.name, job.name, 'run') + ' ' + right(this.id, 8)
  WHEN this:Commit THEN repository.url + '@' + left(this.sha, 12)
  WHEN this:Deployment THEN model.name + '/' + toString(version.number) + ' at ' + endpoint.name
  WHEN this:Evaluation THEN 'evaluation of ' + model.name + '/' + toString(version.number)
  ELSE this.name
END AS value
