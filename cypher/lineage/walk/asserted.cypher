// Edges by their ids.
// part
WITH $ids AS ids
// include lineage/edges_by_id
RETURN [edge IN edges WHERE visible(startNode(edge)) AND visible(endNode(edge)) | shown(edge)] AS edges
