// The teams that somebody belonged to at an instant.
// relation this -> node, list
// order NAME node.name
MATCH (this)-[member:MEMBER_OF]->(node:Team)
WHERE member.validFrom <= $asOf AND (member.validTo IS NULL OR member.validTo > $asOf)
WITH DISTINCT node
