// Delete a version, or a model or a dataset with all of its versions, unless something uses them or they have to be kept.
// write
OPTIONAL MATCH (x:Entity {id: $given.id})
SET x._lock = true
REMOVE x._lock
WITH x, datetime.truncate('microsecond', datetime.realtime()) AS at
CALL (x) {
  OPTIONAL MATCH (x)-[:HAS_VERSION]->(v)
  SET v._lock = true
  REMOVE v._lock
  WITH x, collect(v) AS published
  RETURN CASE WHEN x:ModelVersion OR x:DatasetVersion THEN [x] ELSE published END AS versions
}
WITH *, CASE WHEN x IN versions THEN versions ELSE versions + [x] END AS doomed
CALL (x, doomed) {
  OPTIONAL MATCH (home)-[:HAS_VERSION]->(x)
  UNWIND doomed + [home] AS kept
  RETURN max(kept.retainedUntil) AS retainedUntil
}
CALL (versions) {
  UNWIND versions AS v
  MATCH (user:Entity)-[:USED|DERIVED_FROM|DEPENDS_ON|JUDGED_BY|SERVES|ON]->(v)
  WHERE NOT user IN versions
  OPTIONAL MATCH (owner)-[:HAS_VERSION]->(user)
  WITH DISTINCT user, owner, $given.hidden[coalesce(user.scope, '')] IS NULL AS isVisible
  RETURN collect(CASE WHEN isVisible THEN user {.id, labels: labels(user), label: CASE
    WHEN user:ModelVersion THEN owner.name + '/' + toString(user.number)
    WHEN user:DatasetVersion THEN owner.name + '@' + user.version
    ELSE coalesce(user.name, user.id) END} END)[..20] AS users, count(CASE WHEN isVisible THEN null ELSE 1 END) AS unseen
}
CALL (versions) {
  UNWIND versions AS v
  MATCH (alias:Alias {versionId: v.id})
  WHERE alias.open
  RETURN collect(alias {.id, label: alias.name, labels: labels(alias)})[..20] AS aliases
}
CALL (versions) {
  UNWIND versions AS v
  MATCH (fact)-[:RECALLS|ABOUT|FOR]->(v)
  WHERE fact.open OR fact:ApprovalRequest OR fact:PromotionDecision
  WITH DISTINCT fact, $given.hidden[coalesce(fact.scope, '')] IS NULL AS isVisible
  RETURN collect(CASE WHEN isVisible THEN fact {.id, label: coalesce(fact.title, fact.id), labels: labels(fact)} END)[..20] AS facts,
    count(CASE WHEN isVisible THEN null ELSE 1 END) AS unseenFacts
}
WITH *, CASE
  WHEN x IS NULL THEN 'outdated'
  WHEN x.revision <> $given.expectedRevision THEN 'stale'
  WHEN retainedUntil > at THEN 'retained'
  WHEN size(users) + size(aliases) + size(facts) + unseen + unseenFacts > 0 THEN 'in use'
  ELSE 'done' END AS outcome
FOREACH (_ IN CASE WHEN outcome = 'done' AND x.isPrivate THEN [1] ELSE [] END |
  MERGE (t:Tombstone {id: x.id}) SET t.isPrivate = true, t.recordedAt = at)
WITH *, [y IN CASE WHEN outcome = 'done' THEN doomed ELSE [] END |
  {subjectId: y.id, subjectType: head([label IN labels(y)
    WHERE label IN ['RegisteredModel', 'ModelVersion', 'Dataset', 'DatasetVersion']]),
    before: properties(y), after: null}] AS changes, x.revision AS revision
CALL (doomed, outcome) {
  UNWIND CASE WHEN outcome = 'done' THEN doomed ELSE [] END AS y
  WITH y.id AS id
  CALL (id) {
    MATCH (:Entity {id: id})<-[:EVALUATED]-(evaluation:Evaluation) RETURN evaluation.id AS subjectId
    UNION
    MATCH (waiver:LicenseWaiver {assetId: id}) RETURN waiver.id AS subjectId
    UNION
    MATCH (waiver:LicenseWaiver {waivedForId: id}) RETURN waiver.id AS subjectId
    UNION
    RETURN id AS subjectId
  }
  CALL (subjectId) {
    MATCH (s:Tag {subjectId: subjectId}) WHERE s.key IS NOT NULL RETURN s
    UNION ALL MATCH (s:Link {subjectId: subjectId}) WHERE s.url IS NOT NULL RETURN s
    UNION ALL MATCH (s:ExternalReference {subjectId: subjectId}) RETURN s
    UNION ALL MATCH (s:Parameter {subjectId: subjectId}) WHERE s.name IS NOT NULL RETURN s
    UNION ALL MATCH (s:Metric {subjectId: subjectId}) WHERE s.name IS NOT NULL RETURN s
    UNION ALL MATCH (s:ArtifactFile {subjectId: subjectId}) WHERE s.path IS NOT NULL RETURN s
    UNION ALL MATCH (s:VersionLifecycle {subjectId: subjectId}) RETURN s
    UNION ALL MATCH (s:FormerName {subjectId: subjectId}) RETURN s
    UNION ALL MATCH (s:Alias {versionId: subjectId}) RETURN s
    UNION ALL MATCH (s:Grant {scopeId: subjectId}) RETURN s
    UNION ALL MATCH (s:Entity {id: subjectId}) RETURN s
  }
  DETACH DELETE s
  RETURN count(*) AS deleted
}
RETURN outcome, at, $given.id AS id, revision, retainedUntil, changes, users + aliases + facts AS users,
  unseen + unseenFacts > 0 AS andHidden
