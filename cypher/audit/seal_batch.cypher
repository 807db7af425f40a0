// Give events their places in the log, for who holds the lease; the tree and its head take the place of those before.
// note
MATCH (log:AuditLog {name: 'audit'})
SET log._lock = true
REMOVE log._lock
WITH log, CASE
  WHEN log.fence <> $given.fence THEN 'fenced'
  WHEN log.headDigest <> $given.previous OR log.size + size($given.events) <> $given.size THEN 'outdated'
  ELSE 'done' END AS outcome
CALL (outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN $given.events ELSE [] END AS each
  MATCH (e:Entity {id: each.id})
  WHERE e.pending
  SET e.sequence = each.sequence, e.sealedAt = $given.at
  REMOVE e.pending
  RETURN count(*) AS events
}
CALL (outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN $given.tiles ELSE [] END AS each
  MERGE (tile:AuditTile {level: each.level, index: each.index})
  SET tile.hashes = each.hashes
  RETURN count(*) AS tiles
}
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (:AuditHead {size: $given.size, at: $given.at, note: $given.note})
  SET log.size = $given.size, log.headDigest = $given.headDigest,
    log.leaseUntil = datetime.realtime() + duration({milliseconds: $given.milliseconds}))
RETURN outcome, events, tiles
