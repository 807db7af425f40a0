// Revoke a waiver of a license's obligations, from now on. Its asset is the lock, after that of governance.
// write

// include governance/lock
OPTIONAL MATCH (w:Entity {id: $given.id})
OPTIONAL MATCH (asset:Entity {id: w.assetId})
SET asset._lock = true
REMOVE asset._lock
WITH l, w, asset, properties(w) AS before, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (beneficiary:Entity {id: w.waivedForId})
WITH *, CASE WHEN before.validFrom >= now THEN before.validFrom + duration({microseconds: 1}) ELSE now END AS at, CASE
  WHEN w IS NULL THEN 'outdated'
  WHEN before.open IS NULL THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1, w.validTo = at, w.endReason = $given.reason, w.revokedById = $given.actorId, w.revision = w.revision + 1
  REMOVE w.open)
RETURN outcome, at, $given.id AS id,
  [each IN CASE WHEN outcome <> 'done' THEN [] WHEN beneficiary <> asset THEN [asset, beneficiary] ELSE [asset] END |
    {subjectId: each.id, subjectType: head([label IN labels(each) WHERE label IN $given.labels]),
    before: {licenseWaiver: before}, after: {licenseWaiver: properties(w)}}] AS changes
