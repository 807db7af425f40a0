// Nodes by their ids, in the order of the ids, null where there is none.
// anchor -> node, list
// order PLACE place
UNWIND range(0, size($ids) - 1) AS place
OPTIONAL MATCH (node:Entity {id: $ids[place]})
WHERE disclosed(node)
