// The version that a deployment serves; it never serves another.
// read
OPTIONAL MATCH (d:Entity {id: $given.id})
RETURN d.versionId AS versionId
