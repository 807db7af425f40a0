// The versions that are active in an environment, or were at an instant, the latest placed first.
// read
WITH $given.asOf AS asOf
MATCH (d:Deployment {environmentId: $given.environmentId} WHERE d.validFrom IS NOT NULL AND d.id IS NOT NULL)
WHERE CASE WHEN asOf IS NULL THEN d.open AND d.status = 'ACTIVE'
  ELSE d.activeFrom <= asOf AND (d.validTo IS NULL OR d.validTo > asOf) END
WITH d.versionId AS id, d.scope AS scope, max(d.validFrom) AS since
WITH id, scope ORDER BY since DESC, id
RETURN collect({id: id, scope: scope}) AS versions
