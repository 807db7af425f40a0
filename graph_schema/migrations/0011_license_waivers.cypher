// What licenses ask for and was waived.
CREATE INDEX license_waiver_by_asset_id IF NOT EXISTS FOR (x:LicenseWaiver) ON (x.assetId);
CREATE INDEX license_waiver_by_waived_for_id IF NOT EXISTS FOR (x:LicenseWaiver) ON (x.waivedForId);
