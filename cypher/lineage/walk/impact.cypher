// What stands on some nodes, the nearest first: versions, data, applications, live deployments; where, and who answers.
// part
WITH node, depth
WHERE depth > 0
WITH node, min(depth) AS depth
ORDER BY depth, node.id
WITH collect(node) AS reached
WITH [node IN reached WHERE node:ModelVersion] AS versions,
  [node IN reached WHERE node:DatasetVersion] AS datasets,
  [node IN reached WHERE node:Application] AS applications,
  [node IN reached WHERE node:Deployment AND node.validFrom <= coalesce($asOf, datetime.statement())
    AND (node.validTo IS NULL OR node.validTo > coalesce($asOf, datetime.statement()))] AS deployments
CALL (deployments) {
  UNWIND deployments AS deployment
  MATCH (node:Entity {id: deployment.environmentId})
  WITH DISTINCT node
  ORDER BY node.position, node.id
  RETURN collect(shown(node)) AS environments
}
CALL (deployments) {
  UNWIND deployments AS deployment
  MATCH (version:Entity {id: deployment.versionId})
  RETURN collect(DISTINCT version.modelId) AS served
}
CALL (versions, datasets, applications, served) {
  UNWIND served + [v IN versions | v.modelId] + [d IN datasets | d.datasetId] + [a IN applications | a.id] AS id
  WITH DISTINCT id
  MATCH (owned:Entity {id: id})<-[owns:OWNS]-(node:Actor)
  WHERE CASE WHEN $asOf IS NULL THEN owns.validTo IS NULL
    ELSE owns.validFrom <= $asOf AND (owns.validTo IS NULL OR owns.validTo > $asOf) END
  WITH DISTINCT node
  ORDER BY node.name
  RETURN collect(shown(node)) AS owners
}
RETURN {versions: size(versions), datasets: size(datasets), applications: size(applications),
    deployments: size(deployments), environments: size(environments), owners: size(owners)} AS counts,
  [node IN versions[..$limit] | shown(node)] AS versions, [node IN datasets[..$limit] | shown(node)] AS datasets,
  [node IN applications[..$limit] | shown(node)] AS applications,
  [node IN deployments[..$limit] | shown(node)] AS deployments, environments, owners,
  $asOf + duration({milliseconds: $settles}) < datetime.realtime() AS asOfSettled
