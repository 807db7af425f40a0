// What a waiver is for, and where it belongs.
// read
OPTIONAL MATCH (w:Entity {id: $given.id})
WHERE w:LicenseWaiver
RETURN CASE WHEN w IS NOT NULL THEN {waivedForId: w.waivedForId, scopes: w.scopes} END AS waiver
