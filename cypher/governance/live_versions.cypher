// The versions that are active in an environment, or were at an instant, the latest placed first.
// read
WITH coalesce($given.asOf, datetime.statement()) AS at
MATCH (d:Deployment {environmentId: $given.environmentId} WHERE d.validFrom IS NOT NULL AND d.id IS NOT NULL)
WHERE d.activeFrom <= at AND (d.validTo IS NULL OR d.validTo > at)
WITH d.versionId AS id, d.scope AS scope, max(d.validFrom) AS since
WITH id, scope ORDER BY since DESC, id
RETURN collect({id: id, scope: scope}) AS versions
