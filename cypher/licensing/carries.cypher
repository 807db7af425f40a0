// Whether a license carries along an edge: it holds now or held at the instant, and leads to no code and no test data.
// part
lasts(edge)
AND NOT (type(edge) = 'USED' AND (edge.role IN ['test', 'evaluation'] OR endNode(edge):Commit))
