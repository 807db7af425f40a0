// Erase some texts of an event, with their salts.
// write
OPTIONAL MATCH (e:Entity {id: $given.id})
WHERE e:AuditEvent
SET e._lock = true
REMOVE e._lock
WITH e, datetime.truncate('microsecond', datetime.realtime()) AS at, [place IN coalesce(e.places, [])
  WHERE place IN $given.places] AS gone
WITH *, CASE WHEN e IS NULL THEN 'outdated' WHEN size(gone) = 0 THEN 'unchanged' ELSE 'done' END AS outcome
WITH *, [i IN range(0, size(coalesce(e.places, [])) - 1) WHERE NOT e.places[i] IN gone] AS kept
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  SET e.texts = [i IN kept | e.texts[i]], e.places = [i IN kept | e.places[i]])
RETURN outcome, at, $given.id AS id, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END | {subjectId: e.subjectId,
  subjectType: e.subjectType, before: null, after: {redacted: {event: e.id, places: gone}}}] AS changes
