// Requests, and whether they were made and open at an instant, or are now.
// read
UNWIND $given.ids AS id
MATCH (request:Entity {id: id})
WITH request, $given.asOf AS asOf
RETURN collect(request {.id, .versionId, .environmentId,
  isMade: asOf IS NULL OR request.validFrom <= asOf,
  isOpen: CASE WHEN asOf IS NULL THEN coalesce(request.open, false) ELSE request.validTo IS NULL OR request.validTo > asOf END}) AS requests
