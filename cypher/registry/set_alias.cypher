// Let an alias of a model point to one of its versions from now on.
// write
OPTIONAL MATCH (m:Entity {id: $given.modelId})
SET m._lock = true
REMOVE m._lock
WITH m, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (v:Entity {id: $given.versionId})
OPTIONAL MATCH (old:Alias {openKey: $given.modelId + '/' + $given.name})
WITH m, v, old, old.versionId AS formerId,
  CASE WHEN old.validFrom >= now THEN old.validFrom + duration({microseconds: 1}) ELSE now END AS at
WITH *, CASE
  WHEN m IS NULL OR v IS NULL THEN 'outdated'
  WHEN v.modelId <> m.id THEN 'other model'
  WHEN $given.expectedVersionId IS NOT NULL AND coalesce(formerId, '') <> $given.expectedVersionId THEN 'moved'
  WHEN formerId = v.id THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET old.validTo = at
  REMOVE old.open, old.openKey
  CREATE (:Alias:Entity {id: $given.id, modelId: m.id, versionId: v.id, name: $given.name, setById: $given.actorId,
    scope: m.id, recordedAt: at, validFrom: at, open: true, openKey: m.id + '/' + $given.name})-[:POINTS_TO]->(v))
RETURN outcome, at, $given.versionId AS id,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: m.id, subjectType: 'RegisteredModel',
    before: CASE WHEN formerId IS NOT NULL THEN {alias: {name: $given.name, versionId: formerId}} END,
    after: {alias: {name: $given.name, versionId: v.id}}}] AS changes
