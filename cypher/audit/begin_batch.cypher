// What a batch is made of: the last head, the tiles that the tree ends with, and the events that have waited longest.
// note
MATCH (log:AuditLog {name: 'audit'})
SET log._lock = true
REMOVE log._lock
WITH log, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (head:AuditHead {size: log.size})
CALL (log) {
  UNWIND range(0, size($given.spans) - 1) AS level
  MATCH (tile:AuditTile {level: level, index: log.size / $given.spans[level]})
  RETURN collect(tile {.level, .index, .hashes}) AS tiles
}
CALL () {
  MATCH (e:AuditEvent {pending: true})
  WHERE e.at IS NOT NULL AND e.id IS NOT NULL
  WITH e
  ORDER BY e.at, e.id
  LIMIT toInteger($given.limit)
  WITH collect(e) AS waiting
  WITH waiting, reduce(batch = {bytes: 0, events: []}, e IN waiting |
    CASE WHEN batch.bytes < $given.bytes
      THEN {bytes: batch.bytes + size(e.body), events: batch.events + [[e.id, e.body]]} ELSE batch END) AS batch
  RETURN batch.events AS events, size(waiting) = $given.limit OR size(batch.events) < size(waiting) AS isMore
}
RETURN log.fence AS fence, log.origin AS origin, log.verifier AS verifier, log.fromSize AS fromSize,
  log.size AS size, log.headDigest AS headDigest, head.note AS note, CASE WHEN head.at >= at
    THEN head.at + duration({microseconds: 1}) ELSE at END AS at, tiles, events, isMore
