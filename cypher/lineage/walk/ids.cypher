// The ids of all that some reaches have in them.
// part
RETURN collect(DISTINCT node.id) AS ids
