// What a finding is about: of a deployment, the version that it serves.
// read
OPTIONAL MATCH (:Entity {id: $given.id})-[:ABOUT]->(x)
RETURN collect(DISTINCT CASE WHEN x:Deployment THEN x.versionId ELSE x.id END) AS about
