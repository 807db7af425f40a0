// Waits until every index is online.
// offline
CALL db.awaitIndexes($seconds)
