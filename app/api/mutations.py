"""Every change that can be asked for, by the word of its domain: the command, and what it answers with."""

from strawberry.tools import create_type

from app.api import inputs  # noqa: F401  # declared before types mention them
from app.api.approval.types import Approval, ApprovalRequest, Delegation
from app.api.audit.types import AuditEvent
from app.api.credentials import SHOWN_ONCE, ApiToken
from app.api.data import Dataset, DatasetVersion, Run
from app.api.delivery import Application, Deployment, Environment, Observation
from app.api.evaluation import Evaluation
from app.api.governance.types import Finding, Mitigation, Recall
from app.api.identity import ServiceAccount, Team, User
from app.api.licensing.types import LicenseWaiver
from app.api.lineage.types import Impact, LineageEdge
from app.api.mutation import deletion, mutation
from app.api.nodes import Actor, Entity, Owned, Retained
from app.api.permission import Grant
from app.api.policies.types import PolicyAttachment, PolicyVersion
from app.api.promotion.types import PromotionDecision
from app.api.registry import ModelVersion, RegisteredModel
from app.domain import evaluation, identity, labelling, membership, ownership, retention, visibility
from app.domain.approval import decisions, delegations, requests
from app.domain.audit import erasure
from app.domain.credentials import tokens
from app.domain.delivery import activation, applications, ending, environments, placement, reporting, rollback
from app.domain.governance import attachments, findings, mitigations, policies, recalls
from app.domain.licensing import waivers
from app.domain.lineage import datasets, execution, recording, removal, retraction
from app.domain.permission import grants
from app.domain.promotion import promotion
from app.domain.registry import aliases, life, models, registration, upkeep

REGISTRY = (
    mutation(models.create_registered_model, RegisteredModel),
    mutation(upkeep.update_registered_model, RegisteredModel),
    mutation(upkeep.rename_registered_model, RegisteredModel),
    mutation(upkeep.archive_registered_model, RegisteredModel),
    mutation(upkeep.restore_registered_model, RegisteredModel),
    deletion(life.delete_registered_model),
    mutation(registration.register_model_version, ModelVersion),
    mutation(upkeep.update_model_version, ModelVersion),
    mutation(life.deprecate_model_version, ModelVersion),
    mutation(life.retire_model_version, ModelVersion),
    mutation(life.archive_model_version, ModelVersion),
    mutation(life.restore_model_version, ModelVersion),
    deletion(life.delete_model_version),
    mutation(aliases.set_model_alias, ModelVersion),
    mutation(aliases.remove_model_alias, RegisteredModel),
)

LINEAGE = (
    mutation(datasets.create_dataset, Dataset),
    mutation(datasets.update_dataset, Dataset),
    mutation(datasets.register_dataset_version, DatasetVersion),
    deletion(removal.delete_dataset),
    deletion(removal.delete_dataset_version),
    mutation(execution.start_run, Run),
    mutation(execution.log_run, Run),
    mutation(execution.finish_run, Run),
    mutation(recording.record_lineage, LineageEdge, "edge"),
    mutation(
        retraction.retract_lineage,
        LineageEdge,
        "edge",
        replacement=(LineageEdge | None, "What took its place, if told."),
    ),
)

EVALUATION = (mutation(evaluation.record_evaluation, Evaluation), mutation(evaluation.retract_evaluation, Evaluation))

DELIVERY = (
    mutation(environments.create_environment, Environment),
    mutation(environments.update_environment, Environment),
    mutation(environments.archive_environment, Environment),
    mutation(environments.restore_environment, Environment),
    mutation(applications.create_application, Application),
    mutation(applications.update_application, Application),
    mutation(applications.archive_application, Application),
    mutation(applications.restore_application, Application),
    mutation(placement.place_deployment, Deployment),
    mutation(activation.activate_deployment, Deployment),
    mutation(ending.stop_deployment, Deployment),
    mutation(rollback.roll_back_deployment, Deployment),
    mutation(reporting.report_deployment, Observation),
)

GOVERNANCE = (
    mutation(findings.record_finding, Finding),
    mutation(findings.update_finding, Finding),
    mutation(findings.close_finding, Finding),
    mutation(
        recalls.open_recall, Recall, impact=(Impact | None, "What it reaches: of a dry run, what it would reach.")
    ),
    mutation(recalls.lift_recall, Recall),
    mutation(mitigations.mitigate_recall, Mitigation),
    mutation(mitigations.end_mitigation, Mitigation),
    mutation(policies.draft_policy, PolicyVersion),
    mutation(policies.update_policy_draft, PolicyVersion),
    mutation(policies.publish_policy, PolicyVersion),
    mutation(policies.retire_policy, PolicyVersion),
    mutation(attachments.attach_policy, PolicyAttachment),
    mutation(attachments.detach_policy, PolicyAttachment),
    mutation(requests.request_approval, ApprovalRequest),
    mutation(requests.withdraw_approval_request, ApprovalRequest),
    mutation(decisions.approve_request, Approval),
    mutation(decisions.reject_request, Approval),
    mutation(decisions.revoke_approval, Approval),
    mutation(delegations.delegate_approval, Delegation),
    mutation(delegations.end_delegation, Delegation),
    mutation(promotion.promote_model_version, PromotionDecision, "decision"),
)

IDENTITY = (
    mutation(identity.create_user, User),
    mutation(identity.create_team, Team),
    mutation(identity.create_service_account, ServiceAccount),
    mutation(identity.update_actor, Actor),
    mutation(membership.add_team_member, Team),
    mutation(membership.remove_team_member, Team),
    mutation(ownership.set_owner, Owned, "entity"),
    mutation(visibility.set_visibility, Owned, "entity"),
    mutation(retention.set_retention, Retained, "entity"),
)

AUDIT = (
    mutation(erasure.erase_person, Actor),
    mutation(erasure.redact_text, AuditEvent),
)

LICENSING = (
    mutation(waivers.waive_license_obligation, LicenseWaiver),
    mutation(waivers.revoke_license_waiver, LicenseWaiver),
)

PERMISSION = (
    mutation(grants.create_grant, Grant),
    mutation(grants.revoke_grant, Grant),
)

CREDENTIALS = (
    mutation(tokens.create_api_token, ApiToken, token=(str | None, SHOWN_ONCE)),
    mutation(tokens.revoke_api_token, ApiToken),
)

LABELS = (
    mutation(labelling.set_tags, Entity),
    mutation(labelling.remove_tags, Entity),
    mutation(labelling.add_link, Entity),
    mutation(labelling.remove_link, Entity),
    mutation(labelling.add_reference, Entity),
    mutation(labelling.remove_reference, Entity),
)

FIELDS = (
    *(*REGISTRY, *LINEAGE, *LICENSING, *EVALUATION, *DELIVERY, *GOVERNANCE),
    *(*IDENTITY, *PERMISSION, *CREDENTIALS, *AUDIT, *LABELS),
)

Mutation = create_type("Mutation", list(FIELDS), description="Everything that can be changed.")
