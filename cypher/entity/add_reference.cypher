// Give an entity a name in another system, which no other entity may bear.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (old:ExternalReference {system: $given.reference.system, externalId: $given.reference.externalId})
OPTIONAL MATCH (bearer:Entity {id: old.subjectId})
WITH x, at, old.subjectId AS bearerId, bearer.scope AS bearerScope, old {.system, .externalId, .url} AS before, CASE
  WHEN x IS NULL THEN 'outdated'
  WHEN old.subjectId <> x.id THEN 'taken'
  WHEN old IS NOT NULL AND coalesce(old.url, '') = coalesce($given.reference.url, '') THEN 'unchanged'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  MERGE (r:ExternalReference {system: $given.reference.system, externalId: $given.reference.externalId})
  SET r += $given.reference, r.subjectId = x.id, x.revision = x.revision + 1)
RETURN outcome, at, $given.id AS id, bearerId, bearerScope,
  [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: x.id, subjectType: $given.label,
    before: {reference: before}, after: {reference: $given.reference}}] AS changes
