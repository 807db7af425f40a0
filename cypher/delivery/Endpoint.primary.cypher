// The primary of an endpoint. What is being committed is not seen at once: of two it is the later one, and what was just replaced by a primary stays until that is seen.
// relation this -> node, one
MATCH (this)<-[:AT]-(node:Deployment WHERE node.role = 'PRIMARY' AND node.activeFrom IS NOT NULL)
WHERE node.open OR (
  node.status IN ['SUPERSEDED', 'ROLLED_BACK'] AND node.validTo > datetime.realtime() - duration({minutes: 1})
  AND NOT EXISTS {
    MATCH (this)<-[:AT]-(next:Deployment WHERE next.role <> 'PRIMARY')
    WHERE node.validTo IN [next.validFrom, next.activeFrom]
  })
WITH node ORDER BY coalesce(node.open, false) DESC, node.activeFrom DESC, node.id DESC
LIMIT 1
