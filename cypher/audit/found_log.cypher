// Begin the log of a registry, with the first key that seals it, unless it has begun.
// note
MERGE (log:AuditLog {name: 'audit'})
SET log._lock = true
REMOVE log._lock
WITH log, datetime.truncate('microsecond', datetime.realtime()) AS at,
  CASE WHEN log.origin IS NULL THEN 'done' ELSE 'unchanged' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET log.origin = $given.origin, log.verifier = $given.verifier, log.fromSize = 0, log.size = 0,
    log.headDigest = '', log.fence = 0
  CREATE (:SealKey {number: 1, verifier: $given.verifier, fromSize: 0, validFrom: at}))
RETURN outcome, at
