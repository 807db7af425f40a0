// Requests to admit versions, what was decided on them, who decides in whose place, and what was let in.
CREATE CONSTRAINT approval_request_open_key IF NOT EXISTS FOR (x:ApprovalRequest) REQUIRE (x.openKey) IS UNIQUE;
CREATE CONSTRAINT approval_open_key IF NOT EXISTS FOR (x:Approval) REQUIRE (x.openKey) IS UNIQUE;
CREATE INDEX approval_request_by_version_id_valid_from_id IF NOT EXISTS FOR (x:ApprovalRequest) ON (x.versionId, x.validFrom, x.id);
CREATE INDEX approval_request_by_environment_id_valid_from_id IF NOT EXISTS FOR (x:ApprovalRequest) ON (x.environmentId, x.validFrom, x.id);
CREATE INDEX approval_request_by_open_valid_from_id IF NOT EXISTS FOR (x:ApprovalRequest) ON (x.open, x.validFrom, x.id);
CREATE INDEX approval_request_by_valid_from_id IF NOT EXISTS FOR (x:ApprovalRequest) ON (x.validFrom, x.id);
CREATE INDEX approval_by_request_id_valid_from_id IF NOT EXISTS FOR (x:Approval) ON (x.requestId, x.validFrom, x.id);
CREATE INDEX approval_by_version_id_valid_from_id IF NOT EXISTS FOR (x:Approval) ON (x.versionId, x.validFrom, x.id);
CREATE INDEX delegation_by_delegator_id_valid_from_id IF NOT EXISTS FOR (x:Delegation) ON (x.delegatorId, x.validFrom, x.id);
CREATE INDEX delegation_by_delegate_id_valid_from_id IF NOT EXISTS FOR (x:Delegation) ON (x.delegateId, x.validFrom, x.id);
CREATE INDEX delegation_by_valid_from_id IF NOT EXISTS FOR (x:Delegation) ON (x.validFrom, x.id);
CREATE INDEX promotion_decision_by_version_id_created_at_id IF NOT EXISTS FOR (x:PromotionDecision) ON (x.versionId, x.createdAt, x.id);
CREATE INDEX promotion_decision_by_environment_id_created_at_id IF NOT EXISTS FOR (x:PromotionDecision) ON (x.environmentId, x.createdAt, x.id);
CREATE INDEX promotion_decision_by_created_at_id IF NOT EXISTS FOR (x:PromotionDecision) ON (x.createdAt, x.id);
