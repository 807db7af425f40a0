// Edges by their ids.
// part
WITH $ids AS ids
// include lineage/edges_by_id
RETURN [edge IN edges | shown(edge)] AS edges
