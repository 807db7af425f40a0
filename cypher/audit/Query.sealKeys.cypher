// The keys that heads are signed with.
// anchor -> node, list
// order NUMBER node.number
MATCH (node:SealKey WHERE node.number > 0)
