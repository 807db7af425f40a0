// Which properties relationships have, by the type of the value; a required one that is absent has type NULL.
// offline
MATCH ()-[r]->()
WITH r, type(r) AS owner, coalesce(toStringOrNull(r.id), elementId(r)) AS name
UNWIND keys(r) + [p IN coalesce($required[owner], []) WHERE r[p] IS NULL] AS property
WITH owner, property, valueType(r[property]) AS type, count(*) AS count, [min(name), max(name)] AS examples
ORDER BY owner, property, type
RETURN collect({owners: [owner], property: property, type: type, count: count, examples: examples}) AS rows
