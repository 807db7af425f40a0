"""The schema: all types together, described, and bound to the planner."""

import strawberry
from graphql import GraphQLError, GraphQLSchema
from strawberry.extensions import ParserCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from app.api import inputs  # noqa: F401  # declared before types mention them
from app.api.audit import AuditEvent, AuditQuery
from app.api.context import connection_of, hear
from app.api.data import DataQuery, UnknownAsset
from app.api.delivery import DeliveryQuery
from app.api.descriptions import describe
from app.api.evaluation import Evaluation
from app.api.fields import resolves_itself
from app.api.identity import IdentityQuery, ServiceAccount, Team, User
from app.api.lineage.loaders import LOADERS
from app.api.lineage.questions import LineageQuery
from app.api.lookups import LookupQuery
from app.api.mutations import Mutation
from app.api.registry import RegistryQuery
from app.api.scalars import SCALARS
from app.api.validation import CACHED_DOCUMENTS, Validation, mark_one_ofs
from app.planner.binding import Planner, bind


@strawberry.type(description="Everything that can be asked.")
class Query(LookupQuery, RegistryQuery, DataQuery, LineageQuery, DeliveryQuery, IdentityQuery, AuditQuery):
    pass


class Schema(strawberry.Schema):
    """Strawberry's schema, which leaves the logging of errors to the place that masks them."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        pass


def build() -> tuple[Schema, Planner]:
    """The schema and the planner that answers it."""
    schema = Schema(
        query=Query,
        mutation=Mutation,
        types=[AuditEvent, Evaluation, ServiceAccount, Team, UnknownAsset, User],
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[lambda: ParserCache(CACHED_DOCUMENTS), Validation],
    )
    inner: GraphQLSchema = schema._schema
    describe(inner)
    mark_one_ofs(inner)
    planner = bind(inner, LOADERS, resolves_itself=resolves_itself, connection_of=connection_of, hear=hear)
    return schema, planner
