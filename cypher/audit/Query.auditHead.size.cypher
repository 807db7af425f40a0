// The signed head of a size.
// anchor -> node, one
MATCH (node:AuditHead {size: $size})
