// End a membership.
// write
OPTIONAL MATCH (team:Entity {id: $given.id})
SET team._lock = true
REMOVE team._lock
WITH team, datetime.truncate('microsecond', datetime.realtime()) AS now
OPTIONAL MATCH (member:Entity {id: $given.memberId})-[held:MEMBER_OF WHERE held.validTo IS NULL]->(team)
WITH team, now, collect(held) AS held, max(held.validFrom) AS since
WITH *, CASE WHEN since >= now THEN since + duration({microseconds: 1}) ELSE now END AS at
FOREACH (each IN held | SET each.validTo = at)
RETURN CASE WHEN team IS NULL THEN 'outdated' WHEN size(held) = 0 THEN 'unchanged' ELSE 'done' END AS outcome, at,
  $given.id AS id, [each IN held |
    {subjectId: team.id, subjectType: 'Team', before: {memberId: $given.memberId}, after: null}] AS changes
