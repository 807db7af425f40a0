// The private models and datasets that somebody has no grant over, and does not own.
// read
CALL () {
  MATCH (x:RegisteredModel {isPrivate: true}) RETURN x
  UNION ALL
  MATCH (x:Dataset {isPrivate: true}) RETURN x
  UNION ALL
  MATCH (x:Tombstone {isPrivate: true}) RETURN x
}
WITH collect(x) AS private
CALL (private) {
  UNWIND CASE WHEN private = [] THEN [] ELSE [$given.actorId] + $given.teamIds END AS id
  MATCH (asker:Entity {id: id}) (()-[m:MEMBER_OF WHERE m.validTo IS NULL]->()){0,32} (holder:Actor)
  WHERE asker.archivedAt IS NULL AND holder.archivedAt IS NULL
  WITH DISTINCT holder
  CALL (holder) {
    MATCH (holder)<-[:GRANTED_TO]-(g:Grant)
    WHERE g.open AND (NOT $given.isLimited OR g.role IN $given.roles
      OR any(permission IN g.permissions WHERE permission IN $given.permissions))
    RETURN collect(coalesce(g.scopeId, '*')) AS granted
  }
  RETURN collect(holder.id) AS holders, reduce(all = [], each IN collect(granted) | all + each) AS over
}
UNWIND CASE WHEN '*' IN over THEN [] ELSE private END AS x
OPTIONAL CALL (x) {
  MATCH (x)<-[o:OWNS WHERE o.validTo IS NULL]-(owner:Actor)
  RETURN owner, true AS isOwner
  UNION
  WITH x
  WHERE x.name CONTAINS '/'
  MATCH (owner:Actor {name: split(x.name, '/')[0]})
  RETURN owner, false AS isOwner
}
OPTIONAL MATCH (owner) (()-[m:MEMBER_OF WHERE m.validTo IS NULL]->()){0,32} (team:Team)
WITH x, over, holders, collect(DISTINCT team.id) AS teams, collect(DISTINCT CASE WHEN isOwner THEN owner.id END) AS owners
WHERE NOT (x.id IN over OR any(team IN teams WHERE team IN over)
  OR (NOT $given.isLimited AND any(owner IN owners WHERE owner IN holders)))
RETURN collect(x.id) AS hidden
