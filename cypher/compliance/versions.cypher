// What a report tells of versions beside their ancestry: where they are placed, and what was measured last.
// read
WITH $given.asOf AS asOf
CALL (asOf) {
  WITH coalesce(asOf, datetime.statement()) AS at
  UNWIND $given.versions AS id
  MATCH (d:Deployment {versionId: id} WHERE d.validFrom IS NOT NULL AND d.id IS NOT NULL)
  WHERE d.validFrom <= at AND (d.validTo IS NULL OR d.validTo > at)
  MATCH (environment:Entity {id: d.environmentId})
  WITH id, d, environment ORDER BY environment.position, environment.name, d.validFrom, d.id
  RETURN collect([id, d.id, environment.id]) AS deployments
}
CALL (asOf) {
  UNWIND $given.versions AS id
  CALL (id, asOf) {
    MATCH (e:Evaluation {versionId: id} WHERE e.evaluatedAt IS NOT NULL AND e.id IS NOT NULL)
    WHERE CASE WHEN asOf IS NULL THEN e.archivedAt IS NULL
      ELSE e.recordedAt <= asOf AND (e.archivedAt IS NULL OR e.archivedAt > asOf) END
    WITH e ORDER BY e.evaluatedAt DESC, e.id DESC
    RETURN collect(e) AS measured
  }
  CALL (measured) {
    UNWIND measured[..$given.most] AS e
    CALL (e) {
      MATCH (figure:Metric {subjectId: e.id} WHERE figure.name IS NOT NULL)
      WITH figure ORDER BY figure.name
      RETURN collect(figure {.name, .value, .unit}) AS figures
    }
    RETURN collect({id: e.id, figures: figures}) AS latest
  }
  RETURN collect({versionId: id, count: size(measured), latest: latest}) AS evaluations
}
RETURN deployments, evaluations, coalesce(asOf, datetime.truncate('microsecond', datetime.realtime())) AS at
