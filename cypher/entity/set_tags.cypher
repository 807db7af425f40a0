// Put tags on an entity; one of the same key gets the new value.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at
CALL (x) {
  UNWIND $given.tags AS tag
  MATCH (t:Tag {subjectId: x.id, key: tag.key})
  RETURN collect(t {.key, .value}) AS before
}
CALL (x) {
  UNWIND CASE WHEN x IS NULL THEN [] ELSE $given.tags END AS tag
  MERGE (t:Tag {subjectId: x.id, key: tag.key})
  SET t.value = tag.value
  RETURN count(*) AS tags
}
WITH *, [tag IN $given.tags WHERE NOT tag IN before] AS new
FOREACH (_ IN CASE WHEN size(new) > 0 THEN [1] ELSE [] END | SET x.revision = x.revision + 1)
RETURN CASE WHEN x IS NULL THEN 'outdated' WHEN size(new) = 0 THEN 'unchanged' ELSE 'done' END AS outcome,
  at, $given.id AS id, tags,
  [tag IN new | {subjectId: x.id, subjectType: $given.label,
    before: head([old IN before WHERE old.key = tag.key | {tag: old}]), after: {tag: tag}}] AS changes
