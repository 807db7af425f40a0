// Let an alias of a model point nowhere from now on.
// write
OPTIONAL MATCH (m:Entity {id: $given.modelId})
SET m._lock = true
REMOVE m._lock
WITH m, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (old:Alias {openKey: $given.modelId + '/' + $given.name})
WITH m, old,
  CASE WHEN old.validFrom >= now THEN old.validFrom + duration({microseconds: 1}) ELSE now END AS at,
  CASE WHEN m IS NULL THEN 'outdated' WHEN old IS NULL THEN 'no alias' ELSE 'done' END AS outcome
SET old.validTo = at
REMOVE old.open, old.openKey
RETURN outcome, at, $given.modelId AS id,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: m.id, subjectType: 'RegisteredModel',
    before: {alias: {name: old.name, versionId: old.versionId}}, after: null}] AS changes
