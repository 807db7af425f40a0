// The walks from all starts, each with what was left out; one that is not finished says only that.
// part
RETURN collect({
  start: start.id, isFinished: isFinished, depth: cut.depth, nodes: nodes, edges: edges, frontier: frontier,
  origin: head([node IN [start] | shown(node)]), isCut: NOT cut.isOpen, omitted: size(beyond.reported)
}) AS walks, $asOf + duration({milliseconds: $settles}) < datetime.realtime() AS asOfSettled
