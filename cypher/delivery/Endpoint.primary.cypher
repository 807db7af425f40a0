// The primary of an endpoint. Should a commit take so long that its instant has come, it is seen piece by piece: of two it is the later one, and what was just replaced by a primary stays until that is seen.
// relation this -> node, one
MATCH (this)<-[:AT]-(node:Deployment WHERE node.role = 'PRIMARY' AND node.activeFrom <= datetime.statement())
WITH this, node, node.validTo IS NULL OR node.validTo > datetime.statement() AS isLive
WHERE isLive OR (
  node.status IN ['SUPERSEDED', 'ROLLED_BACK'] AND node.validTo > datetime.statement() - duration({minutes: 1})
  AND NOT EXISTS {
    MATCH (this)<-[:AT]-(next:Deployment WHERE next.role <> 'PRIMARY')
    WHERE node.validTo IN [next.validFrom, next.activeFrom]
  })
WITH node ORDER BY isLive DESC, node.activeFrom DESC, node.id DESC
LIMIT 1
