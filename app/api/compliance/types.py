"""A report: what runs, what it came from, what is demanded of it, what is wrong with it, and what proves that."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import lazy

from app.api.approval.types import Approval, ApprovalLapse, ApprovalRequest
from app.api.audit.types import AuditEvent
from app.api.data import DatasetVersion
from app.api.delivery import Deployment, Environment
from app.api.evaluation import Evaluation
from app.api.governance.types import Finding, RecallStatus
from app.api.licensing.types import LicenseObligations
from app.api.lineage.types import LineageTypeCount
from app.api.nodes import Entity, LineageNode
from app.api.policies.types import PolicyVerdict
from app.api.promotion.types import PromotionDecision, RequiredApprovals
from app.domain.scalars import Digest, Long
from app.domain.vocabulary import EvidenceState, ReproductionNeed

if TYPE_CHECKING:
    from app.api.registry import ModelVersion

OBLIGATIONS = "What its own license and those of all that it came from ask for. Not legal advice."


@strawberry.type(description="Whether something that it takes to make a version anew was recorded.")
class ReproductionEvidence:
    need: ReproductionNeed = strawberry.field(description="What it takes.")
    state: EvidenceState = strawberry.field(description="Whether it was recorded.")
    node: LineageNode = strawberry.field(description="What has it, or lacks it.")
    detail: str | None = strawberry.field(description="The hash, digest, number or name; or why it is missing.")


@strawberry.type(description="What a version came from, in short.")
class AncestrySummary:
    ancestors: int = strawberry.field(description="How many ancestors were found.")
    by_type: list[LineageTypeCount] = strawberry.field(description="Number of ancestors by type.")
    data: list[DatasetVersion] = strawberry.field(description="The snapshots of data among them, the nearest first.")
    stubs: list[LineageNode] = strawberry.field(description="Those that are known by name only.")
    complete: bool = strawberry.field(description="Whether that is all.")
    digest: Digest = strawberry.field(description="Digest of the version and its whole ancestry.")


@strawberry.type(description="What came of the policies of an environment for a version that is placed there.")
class PlacedVerdict:
    environment: Environment = strawberry.field(description="The environment.")
    verdict: PolicyVerdict = strawberry.field(description="What came of the policies that hold in it.")


@strawberry.type(description="What somebody decided on a request, and whether that held at the instant of the report.")
class StandingDecision:
    approval: Approval = strawberry.field(description="The decision.")
    lapses: list[ApprovalLapse] = strawberry.field(description="Why it held no longer: nothing when it did.")


@strawberry.type(description="How the approval of a version for an environment stood.")
class StandingApprovals:
    environment: Environment = strawberry.field(description="The environment.")
    request: ApprovalRequest | None = strawberry.field(description="The request that was open.")
    decisions: list[StandingDecision] = strawberry.field(description="What was decided on it, the latest first.")
    required: list[RequiredApprovals] = strawberry.field(description="What came of approvals that policies ask for.")


@strawberry.type(description="What a report says of one version.")
class VersionReport:
    version: Annotated["ModelVersion", lazy("app.api.registry")] = strawberry.field(description="The version.")
    deployments: list[Deployment] = strawberry.field(description="Where it is placed.")
    lineage: AncestrySummary = strawberry.field(description="What it came from.")
    verdicts: list[PlacedVerdict] = strawberry.field(description="What policies say, by environment.")
    approvals: list[StandingApprovals] = strawberry.field(
        description="Who admitted it, by environment: where it is placed, or was asked to be let in."
    )
    promotions: list[PromotionDecision] = strawberry.field(
        description="The latest 20 decisions that were made when it was to be promoted, the latest first."
    )
    promotion_count: int = strawberry.field(description="How many such decisions there are.")
    evaluations: list[Evaluation] = strawberry.field(description="The latest 20 evaluations, the latest first.")
    evaluation_count: int = strawberry.field(description="How many evaluations there are.")
    license_obligations: LicenseObligations = strawberry.field(description=OBLIGATIONS)
    recall_status: RecallStatus = strawberry.field(description="Whether it, or anything it came from, was recalled.")
    findings: list[Finding] = strawberry.field(
        description="What is open about it, its deployments and all that it came from."
    )
    reproducibility: list[ReproductionEvidence] = strawberry.field(
        description="What it takes to make it anew, and whether that was recorded."
    )


@strawberry.type(description="The last signed head of the audit log.")
class LogProof:
    size: Long = strawberry.field(description="For how many events it stands.")
    at: datetime | None = strawberry.field(description="When it was signed.")
    checkpoint: str = strawberry.field(description="The signed head.")
    waiting: int = strawberry.field(description="How many of the changes in the report it does not stand for yet.")


@strawberry.type(description="What is known of a version, an application or an environment, put together as evidence.")
class ComplianceReport:
    subject: Entity = strawberry.field(description="What it is about.")
    at: datetime = strawberry.field(description="The instant that it is for.")
    since: datetime | None = strawberry.field(description="The instant since which changes are listed.")
    complete: bool = strawberry.field(
        description="Whether nothing is missing: no version, and nothing of what these came from."
    )
    versions: list[VersionReport] = strawberry.field(
        description="The version; those that the application stands on, the nearest first; or those that are active in "
        "the environment, the latest first."
    )
    omitted: int = strawberry.field(description="How many versions were left out: 50 are reported at most.")
    environments: list[Environment] = strawberry.field(description="Where something of it is placed.")
    others: list[LineageNode] = strawberry.field(
        description="What an application needs when it runs that is no version of a model."
    )
    license_obligations: LicenseObligations | None = strawberry.field(description="Of an application as a whole.")
    recall_status: RecallStatus | None = strawberry.field(description="Of an application as a whole.")
    findings: list[Finding] = strawberry.field(description="What is open about an application as a whole.")
    changes: list[AuditEvent] = strawberry.field(
        description="What happened to it, its versions and their deployments, the latest first; 200 events at most."
    )
    changes_omitted: int = strawberry.field(description="How many earlier events are not listed.")
    proof: LogProof | None = strawberry.field(
        description="What proves the changes, for who may see everything; nothing while none is sealed."
    )
    disclaimer: str = strawberry.field(description="What this is not.")
    markdown: str = strawberry.field(description="The same as a document in Markdown.")
    html: str = strawberry.field(
        description="The same as a page of HTML that is whole by itself, to read and to print."
    )
