// Entities with all that describes them, and the edges that leave them.
// offline
CALL () {
  UNWIND $given.ids AS id
  MATCH (x:Entity {id: id})
  RETURN collect({labels: labels(x), properties: properties(x)}) AS nodes
}
CALL () {
  UNWIND $given.ids AS id
  CALL (id) {
    MATCH (s:Tag {subjectId: id} WHERE s.key IS NOT NULL) RETURN s
    UNION ALL
    MATCH (s:Link {subjectId: id} WHERE s.url IS NOT NULL) RETURN s
    UNION ALL
    MATCH (s:ExternalReference {subjectId: id}) RETURN s
    UNION ALL
    MATCH (s:FormerName {subjectId: id}) RETURN s
    UNION ALL
    MATCH (s:ArtifactFile {subjectId: id} WHERE s.path IS NOT NULL) RETURN s
    UNION ALL
    MATCH (s:Alias {versionId: id}) RETURN s
    UNION ALL
    MATCH (s:VersionLifecycle {subjectId: id}) RETURN s
    UNION ALL
    MATCH (s:PolicyAttachment {policyVersionId: id} WHERE s.validFrom IS NOT NULL AND s.id IS NOT NULL) RETURN s
    UNION ALL
    MATCH (s:Parameter {subjectId: id} WHERE s.name IS NOT NULL) RETURN s
    UNION ALL
    MATCH (s:Metric {subjectId: id} WHERE s.name IS NOT NULL) RETURN s
    UNION ALL
    MATCH (s:MetricSeries {subjectId: id} WHERE s.name IS NOT NULL) RETURN s
  }
  RETURN collect({of: id, labels: labels(s), properties: properties(s)}) AS satellites
}
CALL () {
  UNWIND $given.ids AS id
  MATCH (x:Entity {id: id})-[r:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON|EVALUATED|ON|JUDGED_BY|SERVES|PART_OF|FORK_OF|
    PROMOTES_TO|MEMBER_OF|OWNS|ABOUT|RECALLS|ADDRESSED_TO]->(target:Entity)
  RETURN collect({type: type(r), from: id, to: target.id, properties: properties(r)}) AS edges
}
RETURN nodes, satellites, edges
