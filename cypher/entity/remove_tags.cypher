// Take tags off an entity; those that it does not bear are passed over.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at
CALL (x) {
  UNWIND $given.keys AS key
  MATCH (t:Tag {subjectId: x.id, key: key})
  WITH t, t {.key, .value} AS before
  DELETE t
  RETURN collect(before) AS gone
}
FOREACH (_ IN CASE WHEN size(gone) > 0 THEN [1] ELSE [] END | SET x.revision = x.revision + 1)
RETURN CASE WHEN x IS NULL THEN 'outdated' WHEN size(gone) = 0 THEN 'unchanged' ELSE 'done' END AS outcome,
  at, $given.id AS id,
  [tag IN gone | {subjectId: x.id, subjectType: $given.label, before: {tag: tag}, after: null}] AS changes
