// Assert an edge of lineage, and what comes with it, unless the same is asserted already.
// write
MERGE (l:Lock {name: 'lineage'})
ON CREATE SET l.epoch = 0
SET l._lock = true
REMOVE l._lock
WITH l, $given.edges[0] AS asked, datetime.truncate('microsecond', datetime.realtime()) AS at
OPTIONAL MATCH (:Entity {id: asked.from})-[same:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON]->(:Entity {id: asked.to})
WHERE type(same) = asked.type AND same.validTo IS NULL AND coalesce(same.role, '') = asked.role
  AND coalesce(same.kind, '') = asked.kind AND same.via IS NULL
WITH l, at, asked, head(collect(same.id)) AS sameId, null AS number
WITH *, CASE
  WHEN sameId IS NOT NULL THEN 'unchanged'
  WHEN $given.validFrom > at THEN 'future'
  ELSE 'done' END AS checked
FOREACH (_ IN CASE WHEN checked = 'done' THEN [1] ELSE [] END | SET l.epoch = l.epoch + 1)
WITH *
// include graph/write_nodes
// include graph/write_edges
// include graph/closed_cycle
RETURN CASE
    WHEN cycle IS NOT NULL THEN 'cycle'
    WHEN checked = 'done' AND (described > 0 OR edges < size($given.edges)) THEN 'outdated'
    ELSE checked END AS outcome,
  at, coalesce(sameId, asked.properties.id) AS id, cycle, nodes, satellites, edges, ties,
  made + [e IN asserted | {subjectId: e.from, subjectType: $given.label, before: null, after: {edge: e.edge}}] AS changes
