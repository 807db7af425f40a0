// The ids of the next entities that an export tells of, in the order of their ids.
// offline
MATCH (x:Entity WHERE x.id > $given.after)
WHERE NOT (x:AuditEvent OR x:ArtifactFile OR x:Alias OR x:VersionLifecycle OR x:Observation OR x:PolicyAttachment)
WITH x.id AS id
ORDER BY id
LIMIT toInteger($given.limit)
RETURN collect(id) AS ids
