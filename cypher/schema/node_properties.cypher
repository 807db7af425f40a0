// Which properties nodes have, by labels and by the type of the value; a required one that is absent has type NULL.
// offline
MATCH (n)
WITH n, labels(n) AS owners, coalesce(toStringOrNull(n.id), toStringOrNull(n.subjectId), elementId(n)) AS name
UNWIND keys(n) + reduce(absent = [], owner IN owners |
  absent + [p IN coalesce($required[owner], []) WHERE n[p] IS NULL]) AS property
WITH owners, property, valueType(n[property]) AS type, count(*) AS count, [min(name), max(name)] AS examples
ORDER BY owners, property, type
RETURN collect({owners: owners, property: property, type: type, count: count, examples: examples}) AS rows
