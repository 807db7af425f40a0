// Until now whatever was placed was active at once.
MATCH (x:Deployment) WHERE x.activeFrom IS NULL AND x.status <> 'ROLLING_OUT'
CALL (x) { SET x.activeFrom = x.validFrom } IN TRANSACTIONS OF 10000 ROWS;
