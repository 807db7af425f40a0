// The members of a team.
// relation this -> node, page
// order NAME node.name
MATCH (this)<-[member:MEMBER_OF WHERE member.validTo IS NULL]-(node:Actor)
WITH DISTINCT node
