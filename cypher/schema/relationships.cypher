// Which relationships there are, by type and the labels of their ends, with how many and two of them by name.
// offline
MATCH (source)-[r]->(target)
WITH type(r) AS type, labels(source) AS sources, labels(target) AS targets, coalesce(toStringOrNull(r.id), elementId(r)) AS name
WITH type, sources, targets, count(*) AS count, [min(name), max(name)] AS examples
ORDER BY type, sources, targets
RETURN collect({type: type, sources: sources, targets: targets, count: count, examples: examples}) AS rows
