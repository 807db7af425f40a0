// What to call some nodes, in the order of their ids.
// read
UNWIND range(0, size($given.ids) - 1) AS place
MATCH (this:Entity {id: $given.ids[place]})
CALL (this) {
// include lineage/LineageNode.label
}
WITH value, place ORDER BY place
RETURN collect(value) AS labels
