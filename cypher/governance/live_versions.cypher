// The versions that are active in an environment, the latest placed first.
// read
MATCH (d:Deployment {environmentId: $given.environmentId} WHERE d.validFrom IS NOT NULL AND d.id IS NOT NULL)
WHERE d.open AND d.status = 'ACTIVE'
WITH d.versionId AS id, d.scope AS scope, max(d.validFrom) AS since
WITH id, scope ORDER BY since DESC, id
RETURN collect({id: id, scope: scope}) AS versions
