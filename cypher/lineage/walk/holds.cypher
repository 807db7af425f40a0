// Whether a walk follows an edge: it holds now or held at the instant, and is of the kinds asked for.
// part
lasts(edge) AND passes(edge)
AND ($edgeKinds IS NULL OR type(edge) IN $edgeKinds)
AND ($roles IS NULL OR type(edge) <> 'USED' OR edge.role IN $roles)
AND ($derivations IS NULL OR type(edge) <> 'DERIVED_FROM' OR edge.kind IN $derivations)
