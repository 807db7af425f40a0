// The members of a team at an instant.
// relation this -> node, page
// order NAME node.name
MATCH (this)<-[member:MEMBER_OF]-(node:Actor)
WHERE member.validFrom <= $asOf AND (member.validTo IS NULL OR member.validTo > $asOf)
WITH DISTINCT node
