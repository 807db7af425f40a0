// Models by name, or by a name that they had before.
// read
UNWIND $given.modelsByName AS k
OPTIONAL MATCH (named:RegisteredModel {name: k.name})
OPTIONAL MATCH (former:FormerName {name: k.name})
OPTIONAL MATCH (renamed:Entity {id: former.subjectId})
WITH k, coalesce(named, renamed) AS x
WHERE x IS NOT NULL
RETURN k.ref AS ref, x
