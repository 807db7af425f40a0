// Another key takes the place of the one that heads are signed with, from the next head on.
// write
MATCH (log:AuditLog {name: 'audit'})
SET log._lock = true
REMOVE log._lock
WITH log, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (former:SealKey {number: $given.number - 1})
WITH log, former, CASE WHEN former.validFrom >= now
    THEN former.validFrom + duration({microseconds: 1}) ELSE now END AS at,
  CASE WHEN former.verifier = log.verifier AND log.size = $given.fromSize THEN 'done' ELSE 'outdated' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET former.validTo = at, log.verifier = $given.verifier, log.fromSize = $given.fromSize, log.fence = log.fence + 1
  CREATE (:SealKey {number: $given.number, verifier: $given.verifier, fromSize: $given.fromSize, validFrom: at,
    introduction: $given.introduction}))
RETURN outcome, at, $given.verifier AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: log.origin, subjectType: 'SealKey', before: {number: former.number, verifier: former.verifier},
   after: {number: $given.number, verifier: $given.verifier, fromSize: $given.fromSize}}] AS changes
