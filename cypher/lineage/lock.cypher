// Waits for its turn among those that may close a cycle, or describe what is there and policies may have seen.
// part
FOREACH (_ IN CASE WHEN size($given.guards) > 0 OR $given.describes THEN [1] ELSE [] END |
  MERGE (l:Lock {name: 'lineage'}) ON CREATE SET l.epoch = 0 SET l.epoch = l.epoch + 1)
