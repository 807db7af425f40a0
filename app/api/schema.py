"""The schema: all types together, described, and bound to the planner."""

from collections.abc import Iterator

import strawberry
from graphql import GraphQLError, GraphQLSchema
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from app.api import inputs  # noqa: F401  # declared before types mention them
from app.api.admission import admit
from app.api.approval.loaders import LOADERS as APPROVAL
from app.api.approval.types import ApprovalQuery
from app.api.audit.loaders import LOADERS as AUDIT
from app.api.audit.questions import AuditQuery
from app.api.audit.types import AuditEvent
from app.api.compliance.loaders import LOADERS as COMPLIANCE
from app.api.compliance.questions import ComplianceQuery
from app.api.context import asker_of, hear
from app.api.credentials import CredentialQuery
from app.api.data import DataQuery, UnknownAsset
from app.api.delivery import DeliveryQuery
from app.api.descriptions import describe
from app.api.evaluation import Evaluation
from app.api.fields import resolves_itself
from app.api.governance.loaders import LOADERS as GOVERNANCE
from app.api.governance.types import GovernanceQuery
from app.api.identity import IdentityQuery, ServiceAccount, Team, User
from app.api.licensing.loaders import LOADERS as LICENSING
from app.api.limits import Limits
from app.api.limits.documents import Document, Documents
from app.api.lineage.loaders import LOADERS as LINEAGE
from app.api.lineage.questions import LineageQuery
from app.api.lookups import LookupQuery
from app.api.mutations import Mutation
from app.api.permission import PermissionQuery
from app.api.policies.loaders import LOADERS as POLICIES
from app.api.policies.questions import PolicyQuery
from app.api.promotion.loaders import LOADERS as PROMOTION
from app.api.promotion.types import PromotionQuery
from app.api.registry import RegistryQuery
from app.api.scalars import SCALARS
from app.api.validation import mark_one_ofs
from app.planner.binding import Planner, bind
from app.planner.execution import PlannedExecution


@strawberry.type(description="Everything that can be asked.")
class Query(
    LookupQuery,
    RegistryQuery,
    DataQuery,
    LineageQuery,
    DeliveryQuery,
    GovernanceQuery,
    IdentityQuery,
    PolicyQuery,
    ComplianceQuery,
    ApprovalQuery,
    PromotionQuery,
    PermissionQuery,
    CredentialQuery,
    AuditQuery,
):
    pass


class Schema(strawberry.Schema):
    """Strawberry's schema, which leaves the logging of errors to the place that masks them."""

    documents: Documents

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        pass


LOADERS = {
    **LINEAGE,
    **LICENSING,
    **GOVERNANCE,
    **POLICIES,
    **APPROVAL,
    **PROMOTION,
    **COMPLIANCE,
    **AUDIT,
}


class OncePerDocument(SchemaExtension):
    """Has a document parsed, checked and validated when it is seen first."""

    document: Document

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        assert isinstance(context.schema, Schema)
        self.document = context.schema.documents.read(context.query or "")
        context.graphql_document = self.document.node
        yield

    def on_validate(self) -> Iterator[None]:
        self.execution_context.pre_execution_errors = list(self.document.errors)
        yield


def build(limits: Limits | None = None) -> tuple[Schema, Planner]:
    """The schema and the planner that answers it."""
    schema = Schema(
        query=Query,
        mutation=Mutation,
        types=[AuditEvent, Evaluation, ServiceAccount, Team, UnknownAsset, User],
        config=StrawberryConfig(scalar_map=SCALARS),
        execution_context_class=PlannedExecution,
        extensions=[OncePerDocument],
    )
    inner: GraphQLSchema = schema._schema
    schema.documents = Documents(inner, limits or Limits())
    describe(inner)
    mark_one_ofs(inner)
    planner = bind(inner, LOADERS, resolves_itself=resolves_itself, asker_of=asker_of, admit=admit, hear=hear)
    return schema, planner
