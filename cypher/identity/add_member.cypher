// Make somebody a member of a team; teams among each other are guarded against cycles.
// write
MERGE (l:Lock {name: 'governance'})
ON CREATE SET l.epoch = 0
SET l._lock = true
REMOVE l._lock
WITH l
OPTIONAL MATCH (team:Entity {id: $given.id})
SET team._lock = true
REMOVE team._lock
WITH l, team, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (member:Entity {id: $given.memberId})
OPTIONAL MATCH (member)-[earlier:MEMBER_OF]->(team)
WITH l, team, member, now, max(earlier.validTo) AS left, count(earlier) > count(earlier.validTo) AS isMember
CALL (team, member) {
  OPTIONAL MATCH way = (team)-[memberships:MEMBER_OF*0..]->(member)
  WHERE all(each IN memberships WHERE each.validTo IS NULL)
  RETURN head(collect([each IN nodes(way) | each.id])) AS cycle
}
WITH *, CASE WHEN left >= now THEN left + duration({microseconds: 1}) ELSE now END AS at, CASE
  WHEN team IS NULL OR member IS NULL THEN 'outdated'
  WHEN isMember THEN 'unchanged'
  WHEN cycle IS NOT NULL THEN 'cycle'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  CREATE (member)-[:MEMBER_OF {validFrom: at}]->(team)
  SET l.epoch = l.epoch + 1)
RETURN outcome, at, $given.id AS id, cycle, [_ IN CASE WHEN outcome = 'done' THEN [1] ELSE [] END |
  {subjectId: team.id, subjectType: 'Team', before: null, after: {memberId: member.id}}] AS changes
