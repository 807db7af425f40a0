// Who has had to do with a version: trained it, wrote its code, answers for its data, or asked for its approval.
// read
CALL () {
  UNWIND [$given.versionId] + $given.runs AS id
  MATCH (x:Entity {id: id})
  WHERE x.createdById IS NOT NULL
  RETURN collect([x.createdById, 'TRAINED', x.id]) AS trained
}
CALL () {
  UNWIND $given.commits AS id
  MATCH (x:Entity {id: id})
  WHERE x.authorId IS NOT NULL
  RETURN collect([x.authorId, 'WROTE_CODE', x.id]) AS wrote
}
CALL () {
  UNWIND $given.data AS id
  MATCH (x:Entity {id: id})
  MATCH (:Dataset:Entity {id: x.datasetId})<-[owns:OWNS]-(owner)
  WHERE owns.validFrom <= coalesce($given.asOf, owns.validFrom) AND coalesce(owns.validTo > $given.asOf, owns.validTo IS NULL)
  MATCH (actor:Actor) (()-[m:MEMBER_OF WHERE m.validFrom <= coalesce($given.asOf, m.validFrom)
    AND coalesce(m.validTo > $given.asOf, m.validTo IS NULL)]->()){0,32} (owner)
  WITH DISTINCT x, actor
  RETURN collect([actor.id, 'OWNS_DATA', x.id]) AS own
}
CALL () {
  UNWIND $given.requests AS id
  MATCH (x:Entity {id: id})
  WHERE x.createdById IS NOT NULL
  RETURN collect([x.createdById, 'REQUESTED', x.id]) AS requested
}
RETURN trained + wrote + own + requested AS involved
