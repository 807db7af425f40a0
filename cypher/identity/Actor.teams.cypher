// The teams that somebody belongs to.
// relation this -> node, list
// order NAME node.name
MATCH (this)-[member:MEMBER_OF WHERE member.validTo IS NULL]->(node:Team)
WITH DISTINCT node
