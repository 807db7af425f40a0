// What to call some nodes, by their ids, and where they belong.
// read
UNWIND $given.ids AS id
MATCH (this:Entity {id: id})
CALL (this) {
// include lineage/LineageNode.label
}
RETURN collect([id, value, this.scope]) AS found
