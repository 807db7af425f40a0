// Writes into the ledger that a migration was applied.
// offline
MERGE (migration:Migration {number: $number})
ON CREATE SET migration.name = $name, migration.digest = $digest, migration.appliedAt = datetime.realtime()
RETURN migration.digest AS digest
