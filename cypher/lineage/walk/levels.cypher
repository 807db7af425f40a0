// The whole levels of a reach that fit the budget, `kept`, and the one `beyond` them; nothing while there may be more.
// part
WITH start, depth, collect(node) AS visited, collect(CASE WHEN depth > 0 AND matches(node) THEN node END) AS reported
ORDER BY depth
WITH start, collect({depth: depth, visited: visited, reported: reported}) AS levels
WITH start, levels, reduce(cut = {depth: 0, size: 0, isOpen: true}, level IN levels |
  CASE WHEN cut.isOpen AND level.depth <= $maxDepth AND cut.size + size(level.reported) <= $limit
    THEN {depth: level.depth, size: cut.size + size(level.reported), isOpen: true}
    ELSE {depth: cut.depth, size: cut.size, isOpen: false} END) AS cut
WITH start, levels, cut, NOT cut.isOpen OR size(levels) <= $bound AS isFinished
WITH start, cut, isFinished, levels[cut.depth].visited AS last,
  CASE WHEN isFinished THEN levels[..cut.depth + 1] ELSE [] END AS kept,
  CASE WHEN isFinished THEN levels[cut.depth + 1] END AS beyond
CALL (kept) {
  UNWIND kept AS level
  UNWIND level.reported AS node
  RETURN collect(node) AS reported, collect({depth: level.depth, node: shown(node)}) AS nodes
}
