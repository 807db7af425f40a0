// Tiles of the tree.
// read
UNWIND $given.places AS place
MATCH (tile:AuditTile {level: place[0], index: place[1]})
RETURN collect(tile {.level, .index, .hashes}) AS tiles
