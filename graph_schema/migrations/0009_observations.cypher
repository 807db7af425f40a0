// What was seen to run.
CREATE CONSTRAINT observation_open_key IF NOT EXISTS FOR (x:Observation) REQUIRE (x.openKey) IS UNIQUE;
CREATE INDEX observation_by_deployment_id_valid_from IF NOT EXISTS FOR (x:Observation) ON (x.deploymentId, x.validFrom);
CREATE INDEX observation_by_endpoint_id_valid_from_id IF NOT EXISTS FOR (x:Observation) ON (x.endpointId, x.validFrom, x.id);
