// What happened to some things after an instant and up to another, the latest first, and how much that is.
// read
WITH $given.since AS since, $given.asOf AS asOf
UNWIND $given.ids AS id
MATCH (e:AuditEvent {subjectId: id} WHERE e.at IS NOT NULL AND e.id IS NOT NULL)
WHERE (since IS NULL OR e.at > since) AND (asOf IS NULL OR e.at <= asOf)
  AND $given.hidden[coalesce(e.scope, '')] IS NULL
  AND none(scope IN coalesce(e.scopes, []) WHERE $given.hidden[scope] IS NOT NULL)
WITH e ORDER BY e.at DESC, e.id DESC
WITH collect(e) AS found
RETURN size(found) AS count, [e IN found[..$given.most] | properties(e)] AS events
