// The run that a run is a part of.
// relation this -> node, one
MATCH (this)-[:PART_OF]->(node:Run)
