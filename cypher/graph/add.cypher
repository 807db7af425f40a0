// Add nodes, what describes them, and what leads from and to them; a stub among the nodes is completed.
// write

// include lineage/lock
WITH datetime.truncate('microsecond', datetime.realtime()) AS at, 'done' AS checked, null AS number
// include graph/write_nodes
// include graph/write_edges
// include graph/closed_cycle
RETURN CASE WHEN described > 0 THEN 'outdated' WHEN cycle IS NOT NULL THEN 'cycle' ELSE 'done' END AS outcome,
  at, $given.id AS id, made AS changes, nodes, satellites, edges, ties, cycle
