// How often what is decided by has changed: who decides compares it when acting.
// read
OPTIONAL MATCH (l:Lock {name: 'governance'})
RETURN coalesce(l.epoch, 0) AS epoch
