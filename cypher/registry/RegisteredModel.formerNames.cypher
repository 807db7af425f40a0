// Names a model had before and that still find it.
// relation id -> value, list
MATCH (former:FormerName {subjectId: parent})
RETURN former.name AS value
ORDER BY value
