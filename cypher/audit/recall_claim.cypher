// What an idempotency key of the last 30 days stands for, and for how many milliseconds it has.
// read
OPTIONAL MATCH (k:IdempotencyKey {actorId: $given.actorId, operation: $given.operation, key: $given.key})
WHERE k.createdAt >= datetime.realtime() - duration({days: 30})
RETURN k.inputDigest AS inputDigest, k.resultId AS resultId,
  datetime.realtime().epochMillis - k.createdAt.epochMillis AS age
