// Change what is said of an environment, and which environments come next; null clears.
// write
MERGE (l:Lock {name: 'governance'})
ON CREATE SET l.epoch = 0
SET l._lock = true
REMOVE l._lock
WITH l, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH l, x, at, properties(x) AS before
OPTIONAL MATCH (x)-[promotes:PROMOTES_TO]->(following)
WITH l, x, at, before, promotes, following.id AS id ORDER BY id
WITH l, x, at, before, collect(promotes) AS promotions, collect(id) AS former
WITH *, coalesce($given.next, former) AS next, CASE
  WHEN x IS NULL THEN 'outdated'
  WHEN before.revision <> $given.expectedRevision THEN 'stale'
  WHEN former = coalesce($given.next, former)
    AND all(name IN keys($given.properties) WHERE coalesce(before[name] = $given.properties[name],
      before[name] IS NULL AND $given.properties[name] IS NULL)) THEN 'unchanged'
  ELSE 'done' END AS checked
FOREACH (_ IN CASE WHEN checked = 'done' THEN [1] ELSE [] END |
  SET x += $given.properties, x.revision = x.revision + 1, l.epoch = l.epoch + 1)
FOREACH (promotes IN CASE WHEN checked = 'done' AND former <> next THEN promotions ELSE [] END | DELETE promotes)
WITH *
CALL (x, checked, former, next) {
  UNWIND CASE WHEN checked = 'done' AND former <> next THEN next ELSE [] END AS id
  MATCH (following:Entity {id: id})
  CREATE (x)-[:PROMOTES_TO]->(following)
  RETURN count(*) AS promoted
}
CALL (x) {
  MATCH way = (x)-[:PROMOTES_TO*1..]->(x)
  RETURN head(collect([each IN nodes(way) | each.id])) AS cycle
}
RETURN CASE WHEN cycle IS NOT NULL THEN 'cycle' ELSE checked END AS outcome, at, $given.id AS id, cycle,
  CASE WHEN former <> next THEN promoted ELSE size(next) END AS next, before.revision AS revision, [_ IN CASE WHEN checked = 'done' THEN [1] ELSE [] END |
    {subjectId: x.id, subjectType: 'Environment', before: before {.*, promotesTo: former},
    after: x {.*, promotesTo: next}}] AS changes
