// Waive obligations of an asset's license, for one thing or for all that came from it, from now on. The asset is the lock, after that of governance.
// write

// include governance/lock
OPTIONAL MATCH (asset:Entity {id: $given.waiver.assetId})
SET asset._lock = true
REMOVE asset._lock
WITH l, asset, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (beneficiary:Entity {id: $given.waiver.waivedForId})
WITH *, CASE
  WHEN asset IS NULL OR ($given.waiver.waivedForId IS NOT NULL AND beneficiary IS NULL) THEN 'outdated'
  WHEN $given.waiver.expiresAt <= at THEN 'past'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET l.epoch = l.epoch + 1
  CREATE (w:LicenseWaiver:Entity)
  SET w = $given.waiver, w.scope = coalesce(beneficiary.scope, asset.scope),
    w.scopes = [scope IN [asset.scope, beneficiary.scope] WHERE scope IS NOT NULL], w.createdById = $given.actorId,
    w.createdAt = at, w.recordedAt = at, w.revision = 1, w.isStub = false, w.validFrom = at, w.open = true)
WITH *
OPTIONAL MATCH (w:Entity {id: $given.waiver.id})
RETURN outcome, at, $given.waiver.id AS id,
  [each IN CASE WHEN outcome <> 'done' THEN [] WHEN beneficiary <> asset THEN [asset, beneficiary] ELSE [asset] END |
    {subjectId: each.id, subjectType: head([label IN labels(each) WHERE label IN $given.labels]),
    before: null, after: {licenseWaiver: w {.*}}}] AS changes
