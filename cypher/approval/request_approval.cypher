// Ask that a version is admitted to an environment; of one version and environment one request is open. The lock is that of governance.
// write

// include governance/lock
OPTIONAL MATCH (version:Entity {id: $given.request.versionId})
OPTIONAL MATCH (environment:Entity {id: $given.request.environmentId})
OPTIONAL MATCH (standing:ApprovalRequest {openKey: version.id + '/' + environment.id})
WITH l, now AS at, version, environment, standing
CALL () {
  UNWIND $given.addressees AS id
  MATCH (actor:Entity {id: id})
  RETURN collect(actor) AS addressees
}
WITH *, CASE
  WHEN version IS NULL OR environment IS NULL OR size(addressees) < size($given.addressees) THEN 'outdated'
  WHEN standing IS NOT NULL THEN 'open already'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | SET l.epoch = l.epoch + 1)
WITH *
CALL (version, environment, addressees, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN [$given.request] ELSE [] END AS asked
  CREATE (request:ApprovalRequest:Entity)-[:FOR]->(version)
  CREATE (request)-[:TO]->(environment)
  SET request = asked, request.scope = version.scope, request.createdAt = at, request.recordedAt = at,
    request.createdById = $given.actorId, request.revision = 1, request.isStub = false, request.validFrom = at,
    request.open = true, request.openKey = version.id + '/' + environment.id
  FOREACH (actor IN addressees | CREATE (request)-[:ADDRESSED_TO]->(actor))
  FOREACH (link IN $given.links | CREATE (page:Link) SET page = link, page.subjectId = request.id)
  RETURN collect({subjectId: request.id, subjectType: 'ApprovalRequest', before: null,
    after: request {.*, addressees: [actor IN addressees | actor.id], links: [link IN $given.links | link.url]}}) AS made
}
RETURN outcome, at, CASE WHEN outcome = 'open already' THEN standing.id ELSE $given.request.id END AS id,
  size(addressees) AS addressees, size($given.links) AS links, made AS changes
