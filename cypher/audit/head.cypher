// The head of a size; the last one that is not larger, when there is none of it.
// read
OPTIONAL MATCH (head:AuditHead)
WHERE head.size <= $given.size
WITH head
ORDER BY head.size DESC
LIMIT 1
RETURN head.size AS size, head.note AS note
