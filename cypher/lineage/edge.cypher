// An edge that can be retracted: its kind, its ends, and how many others stand or fall with it.
// read
WITH [$given.id] AS ids
// include lineage/edges_by_id
WITH head(edges) AS edge
// include lineage/companions
WITH edge, companions, startNode(edge) AS source
RETURN CASE WHEN edge IS NOT NULL THEN edge {.id, .via, .validTo, type: type(edge), sourceId: source.id,
  sourceLabels: labels(source), targetId: endNode(edge).id,
  scopes: [end IN [source, endNode(edge)] WHERE end.scope IS NOT NULL | end.scope], companions: size(companions)} END AS edge
