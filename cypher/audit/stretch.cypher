// A stretch of the log: its events and heads in their order, and the tiles with the hashes of its leaves.
// read
CALL () {
  MATCH (e:AuditEvent)
  WHERE e.sequence > $given.after AND e.sequence <= $given.upTo
  WITH e
  ORDER BY e.sequence
  RETURN collect(properties(e)) AS events
}
CALL () {
  MATCH (head:AuditHead)
  WHERE head.size > $given.after AND head.size <= $given.upTo
  WITH head
  ORDER BY head.size
  RETURN collect([head.size, head.note]) AS heads
}
CALL () {
  MATCH (tile:AuditTile {level: 0})
  WHERE tile.index >= $given.firstTile AND tile.index <= $given.lastTile
  RETURN collect(tile {.level, .index, .hashes}) AS tiles
}
RETURN events, heads, tiles
