// Whether a walk follows an edge: it holds now or held at the instant, is of the kinds asked for, and has no hidden end.
// part
lasts(edge)
AND ($edgeKinds IS NULL OR type(edge) IN $edgeKinds)
AND ($roles IS NULL OR type(edge) <> 'USED' OR edge.role IN $roles)
AND ($derivations IS NULL OR type(edge) <> 'DERIVED_FROM' OR edge.kind IN $derivations)
AND visible(startNode(edge)) AND visible(endNode(edge))
