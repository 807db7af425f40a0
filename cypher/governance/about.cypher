// What a finding is about: of a deployment, the version that it serves.
// read
OPTIONAL MATCH (:Entity {id: $given.id})-[:ABOUT]->(x)
RETURN collect(DISTINCT coalesce(x.versionId, x.id)) AS about
