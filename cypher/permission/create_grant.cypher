// Give a role or permissions over something, from now on. Who has the very same already keeps it.
// write
OPTIONAL MATCH (holder:Entity {id: $given.grant.holderId})
SET holder._lock = true
REMOVE holder._lock
WITH holder, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (scope:Entity {id: $given.grant.scopeId})
OPTIONAL MATCH (holder)<-[:GRANTED_TO]-(same:Grant)
WHERE same.open AND coalesce(same.scopeId, '') = coalesce($given.grant.scopeId, '')
  AND coalesce(same.role, '') = coalesce($given.grant.role, '')
  AND coalesce(same.permissions, []) = coalesce($given.grant.permissions, [])
WITH holder, scope, at, head(collect(same.id)) AS sameId
WITH *, CASE
  WHEN holder IS NULL OR ($given.grant.scopeId IS NOT NULL AND scope IS NULL) THEN 'outdated'
  WHEN holder.archivedAt IS NOT NULL THEN 'archived'
  WHEN sameId IS NOT NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (g:Grant)-[:GRANTED_TO]->(holder)
  SET g = $given.grant, g.validFrom = at, g.open = true, g.grantedById = $given.actorId
  SET g.scope = CASE WHEN scope:RegisteredModel OR scope:Dataset THEN scope.id END
  FOREACH (over IN CASE WHEN scope IS NULL THEN [] ELSE [scope] END | CREATE (g)-[:OVER]->(over)))
WITH outcome, at, coalesce(sameId, $given.grant.id) AS id
OPTIONAL MATCH (g:Grant {id: id})
RETURN outcome, at, id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: id, subjectType: 'Grant', before: null, after: properties(g)}] AS changes
