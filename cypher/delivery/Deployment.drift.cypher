// How what runs differs from what should: something else, nothing, or no report in time.
// relation this -> value, one
WITH this
WHERE this.activeFrom <= datetime.statement() AND (this.validTo IS NULL OR this.validTo > datetime.statement())
OPTIONAL MATCH (seen:Observation {openKey: this.id})
OPTIONAL MATCH (place:Entity {id: this.environmentId})
WITH CASE
  WHEN NOT seen.isRunning THEN 'NOTHING_RUNS'
  WHEN coalesce(seen.versionId, seen.digest) <> this.versionId THEN 'OTHER_VERSION'
  WHEN coalesce(seen.reportedAt, this.activeFrom) + duration({seconds: coalesce(place.reportsWithin, 0)})
    < datetime.realtime() AND place.reportsWithin IS NOT NULL THEN 'NOT_REPORTED' END AS value
WHERE value IS NOT NULL
RETURN value
