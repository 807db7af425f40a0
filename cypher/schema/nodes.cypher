// Which combinations of labels there are, with how many nodes and two of them by name.
// offline
MATCH (n)
WITH labels(n) AS labels, coalesce(toStringOrNull(n.id), toStringOrNull(n.subjectId), elementId(n)) AS name
WITH labels, count(*) AS count, [min(name), max(name)] AS examples
ORDER BY labels
RETURN collect({labels: labels, count: count, examples: examples}) AS rows
