// Whether somebody holds what a change needs, over all that it is about, by a grant to it or to a team of its.
// part
CALL () {
  UNWIND [$given.asked.actorId] + $given.asked.teamIds AS id
  MATCH (asker:Entity {id: id}) (()-[m:MEMBER_OF WHERE m.validTo IS NULL]->()){0,32} (holder:Actor)
  WHERE asker.archivedAt IS NULL AND holder.archivedAt IS NULL
  MATCH (holder)<-[:GRANTED_TO]-(g:Grant)
  WHERE g.open
  WITH DISTINCT g
  RETURN collect({scope: coalesce(g.scopeId, '*'), role: g.role, permissions: coalesce(g.permissions, [])}) AS held
}
CALL () {
  UNWIND $given.asked.on AS id
  MATCH (x:Entity {id: id})
  OPTIONAL MATCH (x)-[:EVALUATED]->(measured:ModelVersion)
  WITH x, coalesce(measured.modelId, x.environmentId, x.modelId, x.datasetId,
    CASE WHEN x:Finding OR x:Recall OR x:Mitigation THEN x.scope END, x.id) AS scopeId
  OPTIONAL MATCH (scope:Entity {id: scopeId})
  OPTIONAL MATCH (scope)<-[o:OWNS WHERE o.validTo IS NULL]-(:Team)
    (()-[m:MEMBER_OF WHERE m.validTo IS NULL]->()){0,32} (team:Team)
  WITH x, scopeId, scope, collect(team.id) AS teams
  RETURN collect([scopeId] + teams) AS subjects, collect(coalesce(scope.protectedAliases, [])) AS protected
}
CALL () {
  UNWIND $given.asked.within AS name
  MATCH (:Actor {name: name}) (()-[m:MEMBER_OF WHERE m.validTo IS NULL]->()){0,32} (team:Team)
  WITH name, collect(team.id) AS teams
  RETURN collect(teams) AS namespaces
}
OPTIONAL MATCH (denied:Entity {id: coalesce(head($given.asked.on), $given.asked.actorId)})
WITH denied, held, CASE
    WHEN $given.asked.isAnywhere AND $given.asked.within = [] THEN [[g IN held | g.scope]]
    WHEN size(subjects) < size($given.asked.on) OR size(namespaces) < size($given.asked.within) THEN [[]]
    WHEN size(subjects + namespaces) = 0 THEN [[]]
    ELSE subjects + namespaces END AS scopes,
  $given.asked.needs + CASE WHEN any(aliases IN protected WHERE any(a IN aliases WHERE a IN $given.asked.aliases))
    THEN $given.asked.ifProtected ELSE [] END AS needs
WITH {id: denied.id, labels: labels(denied), at: datetime.truncate('microsecond', datetime.realtime())} AS denied,
  all(need IN needs WHERE NOT need.isLimited AND all(scope IN scopes WHERE any(g IN held WHERE
    (g.role IN need.roles OR need.permission IN g.permissions) AND (g.scope = '*' OR g.scope IN scope))))
  AS isPermitted
