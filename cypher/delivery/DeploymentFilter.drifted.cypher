// Deployments that run otherwise than they should, or all others.
// predicate
EXISTS {
  MATCH (place:Entity {id: node.environmentId})
  OPTIONAL MATCH (seen:Observation {openKey: node.id})
  WITH place, seen
  WHERE node.activeFrom <= datetime.statement() AND (node.validTo IS NULL OR node.validTo > datetime.statement()) AND coalesce(
    NOT seen.isRunning OR coalesce(seen.versionId, seen.digest) <> node.versionId
      OR (place.reportsWithin IS NOT NULL AND datetime.realtime() >
        coalesce(seen.reportedAt, node.activeFrom) + duration({seconds: coalesce(place.reportsWithin, 0)})),
    false)
} = $value
