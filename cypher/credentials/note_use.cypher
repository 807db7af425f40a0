// That a token was used a moment ago: written once a minute, however often that is. It is no change, and has no event.
// note
MATCH (t:ApiToken {id: $given.id})
WITH t, datetime.truncate('microsecond', datetime.realtime()) AS now
WITH t, now, t.lastUsedAt IS NULL OR t.lastUsedAt <= now - duration({minutes: 1}) AS isDue
FOREACH (_ IN CASE WHEN isDue THEN [1] ELSE [] END | SET t.lastUsedAt = now)
RETURN count(*) AS tokens
