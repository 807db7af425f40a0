// Become the process that seals, unless another one is: its time has to be over.
// note
MATCH (log:AuditLog {name: 'audit'})
SET log._lock = true
REMOVE log._lock
WITH log, datetime.realtime() AS now
WITH log, now, CASE WHEN log.leaseUntil > now AND log.holder <> $given.holder THEN 'held' ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET log.holder = $given.holder, log.fence = log.fence + 1,
    log.leaseUntil = now + duration({milliseconds: $given.milliseconds}))
RETURN outcome, log.fence AS fence
