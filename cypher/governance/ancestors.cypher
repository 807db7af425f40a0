// What a policy sees of ancestors beside their own properties: what they are called, their life, and where they run.
// read
WITH $given.asOf AS asOf
CALL () {
  UNWIND $given.ids AS id
  MATCH (this:Entity {id: id})
  OPTIONAL MATCH (home:Entity {id: coalesce(this.modelId, this.datasetId, this.repositoryId)})
  CALL (this) {
// include lineage/LineageNode.label
  }
  RETURN collect([id, value, coalesce(home.name, home.url)]) AS told
}
CALL (asOf) {
  UNWIND $given.versions AS id
  MATCH (life:VersionLifecycle {subjectId: id})
  WHERE CASE WHEN asOf IS NULL THEN life.open
    ELSE life.validFrom <= asOf AND (life.validTo IS NULL OR life.validTo > asOf) END
  RETURN collect([id, life.state]) AS lives
}
CALL (asOf) {
  UNWIND $given.versions AS id
  MATCH (deployment:Deployment {versionId: id} WHERE deployment.validFrom IS NOT NULL AND deployment.id IS NOT NULL)
  WHERE CASE WHEN asOf IS NULL THEN deployment.open AND deployment.status = 'ACTIVE'
    ELSE deployment.activeFrom <= asOf AND (deployment.validTo IS NULL OR deployment.validTo > asOf) END
  MATCH (environment:Entity {id: deployment.environmentId})
  WITH DISTINCT id, environment.name AS name
  RETURN collect([id, name]) AS places
}
CALL (asOf) {
  UNWIND $given.versions AS id
  MATCH (decision:PromotionDecision {versionId: id} WHERE decision.createdAt <= coalesce(asOf, datetime.realtime()) AND decision.id IS NOT NULL)
  WHERE decision.isAllowed AND NOT decision.isEmergency
  MATCH (environment:Entity {id: decision.environmentId})
  WITH DISTINCT id, environment.name AS name
  RETURN collect([id, name]) AS admissions
}
CALL (asOf) {
  UNWIND $given.ids AS id
  MATCH (this:Entity {id: id})
  OPTIONAL MATCH (deployment:Deployment {versionId: id} WHERE deployment.validFrom IS NOT NULL AND deployment.id IS NOT NULL)
  WHERE id = $given.versionId
  WITH this, collect(deployment) AS placed
  UNWIND [this] + placed AS subject
  MATCH (subject)<-[:ABOUT]-(finding:Finding)
  WHERE CASE WHEN asOf IS NULL THEN finding.open
    ELSE finding.validFrom <= asOf AND (finding.validTo IS NULL OR finding.validTo > asOf) END
  WITH finding, subject.id AS aboutId ORDER BY finding.id, aboutId
  RETURN collect(finding {.id, .kind, .severity, .title, .scope, aboutId: aboutId, since: finding.validFrom}) AS findings
}
RETURN told, lives, places, admissions, findings
