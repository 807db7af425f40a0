// Bring a version into another state of its life, which policies see: the lock of governance comes first.
// write

// include governance/lock
OPTIONAL MATCH (v:Entity {id: $given.id})
SET v._lock = true
REMOVE v._lock
WITH l, v, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (old:VersionLifecycle {openKey: $given.id})
WITH l, v, old, old {.state, .reason, .successorId, .retireOn} AS before,
  CASE WHEN old.validFrom >= now THEN old.validFrom + duration({microseconds: 1}) ELSE now END AS at
WITH *, CASE
  WHEN v IS NULL THEN 'outdated'
  WHEN v.revision <> $given.expectedRevision THEN 'stale'
  WHEN NOT coalesce(old.state, 'ACTIVE') IN $given.states THEN 'wrong state'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1, old.validTo = at, v.revision = v.revision + 1,
    v.archivedAt = CASE WHEN $given.life.state = 'ARCHIVED' THEN at END
  REMOVE old.open, old.openKey
  CREATE (new:VersionLifecycle:Entity)
  SET new = $given.life, new.id = $given.lifecycleId, new.subjectId = v.id, new.setById = $given.actorId,
    new.scope = v.scope, new.recordedAt = at, new.validFrom = at, new.open = true, new.openKey = v.id)
RETURN outcome, at, $given.id AS id, v.revision AS revision, before.state AS state,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: v.id, subjectType: 'ModelVersion',
    before: {lifecycle: before}, after: {lifecycle: $given.life}}] AS changes
