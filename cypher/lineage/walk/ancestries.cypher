// The nodes of several reaches, each with its depth in those that have it; with `common`, only those that all have.
// part
WITH start, node, depth
WHERE depth > 0
WITH node, collect({ofId: start.id, depth: depth}) AS depths
WHERE matches(node)
  AND (NOT $common OR size(depths) + CASE WHEN node.id IN $starts THEN 1 ELSE 0 END = size($starts))
WITH node, depths
ORDER BY reduce(most = 0, each IN depths | CASE WHEN each.depth > most THEN each.depth ELSE most END), node.id
WITH collect({node: node, depths: depths}) AS found
RETURN size(found) AS total,
  [each IN found[..$limit] | {depths: each.depths, node: head([node IN [each.node] | shown(node)])}] AS found,
  $asOf + duration({milliseconds: $settles}) < datetime.realtime() AS asOfSettled
