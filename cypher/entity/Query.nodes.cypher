// Nodes by their ids, in the order of the ids, null where there is none.
// anchor -> value, list
UNWIND range(0, size($ids) - 1) AS place
OPTIONAL MATCH (node:Entity {id: $ids[place]})
WITH place, CASE WHEN node IS NULL THEN null ELSE node {.*, labels: labels(node)} END AS value
RETURN value
ORDER BY place
