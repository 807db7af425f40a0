// The migrations that were applied.
// offline
MATCH (migration:Migration)
RETURN collect({number: migration.number, name: migration.name, digest: migration.digest}) AS rows
