// Whether nothing stops a recall at an edge, nor at its later end.
// part
NOT coalesce(edge.id IN $stopEdges OR startNode(edge).id IN $stopNodes, false)
