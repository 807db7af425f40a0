// Policies, their versions, and where they hold.
CREATE CONSTRAINT policy_name IF NOT EXISTS FOR (x:Policy) REQUIRE (x.name) IS UNIQUE;
CREATE CONSTRAINT policy_attachment_open_key IF NOT EXISTS FOR (x:PolicyAttachment) REQUIRE (x.openKey) IS UNIQUE;
CREATE CONSTRAINT policy_version_draft_of IF NOT EXISTS FOR (x:PolicyVersion) REQUIRE (x.draftOf) IS UNIQUE;
CREATE CONSTRAINT policy_version_policy_id_number IF NOT EXISTS FOR (x:PolicyVersion) REQUIRE (x.policyId, x.number) IS UNIQUE;
CREATE INDEX policy_by_name_id IF NOT EXISTS FOR (x:Policy) ON (x.name, x.id);
CREATE INDEX policy_attachment_by_environment_id_valid_from_id IF NOT EXISTS FOR (x:PolicyAttachment) ON (x.environmentId, x.validFrom, x.id);
CREATE INDEX policy_attachment_by_policy_version_id_valid_from_id IF NOT EXISTS FOR (x:PolicyAttachment) ON (x.policyVersionId, x.validFrom, x.id);
