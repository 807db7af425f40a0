// Change properties of an entity, and who owns it; null clears.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, properties(x) AS before, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (former:Actor)-[held:OWNS WHERE held.validTo IS NULL]->(x)
WITH x, before, now, collect(held) AS held, collect(former.id) AS owners, max(held.validFrom) AS heldFrom
WITH x, before, held, owners,
  CASE WHEN heldFrom >= now THEN heldFrom + duration({microseconds: 1}) ELSE now END AS at
WITH *, CASE
  WHEN x IS NULL OR ($given.properties.isPrivate AND NOT x.name CONTAINS '/') THEN 'outdated'
  WHEN before.revision <> $given.expectedRevision THEN 'stale'
  WHEN all(name IN keys($given.properties) WHERE coalesce(before[name] = $given.properties[name],
    before[name] IS NULL AND $given.properties[name] IS NULL))
    AND (NOT $given.changesOwner OR owners = $given.owners) THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET x += $given.properties, x.revision = x.revision + 1)
FOREACH (each IN CASE WHEN outcome = 'done' AND $given.changesOwner THEN held ELSE [] END | SET each.validTo = at)
WITH *
CALL (x, at, outcome) {
  UNWIND CASE WHEN outcome = 'done' AND $given.changesOwner THEN $given.owners ELSE [] END AS id
  MATCH (owner:Entity {id: id})
  CREATE (owner)-[:OWNS {validFrom: at}]->(x)
  RETURN collect(owner.id) AS given
}
RETURN outcome, at, $given.id AS id, before.revision AS revision, size(given) AS owners,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: x.id, subjectType: $given.label,
    before: before {.*, ownerId: CASE WHEN $given.changesOwner THEN head(owners) END},
    after: x {.*, ownerId: head(given)}}] AS changes
