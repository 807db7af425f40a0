"""Where every operation passes, over HTTP or a WebSocket: checked, priced, executed within its time, answered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, OperationType
from strawberry.types import ExecutionResult

from app.api.context import Context
from app.api.errors import formatted, log_unexpected, of
from app.api.limits import limits_of
from app.api.limits.cost import Tariff
from app.api.limits.rates import Allowance, Rates
from app.api.observation import observed
from app.api.request import Answer, GraphQLRequest
from app.api.schema import build
from app.database.connection import Connection
from app.domain.identity import ensure_actor
from app.domain.permission.looking import sight_of
from app.domain.permission.sight import Sight
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Caller, Writer
from app.errors import PedigreeError, RateLimited, TimedOut, TooComplex
from app.planner.gearbox import Gearbox
from app.planner.recollection import Recollection
from app.settings import Settings

LATER = "Ask for less, or come back in"
CHEAPER = "Ask for smaller pages (`first`), a smaller `limit`, or fewer fields below them."
UNKNOWN = "Whether the change was made is not known: look, or send it again with the same idempotencyKey."


@dataclass
class NotExecuted(Exception):
    """A request that is answered without being executed."""

    errors: Sequence[GraphQLError]
    extensions: dict[str, Any] = field(default_factory=dict)
    allowance: Allowance | None = None


@dataclass(frozen=True)
class Checked:
    """An operation that may be executed, what the answer says of its cost, and what who asks may still spend."""

    operation: OperationDefinitionNode
    extensions: dict[str, Any]
    allowance: Allowance | None


class Executor:
    """Answers requests. The connection is set once the application has started."""

    connection: Connection

    def __init__(self, settings: Settings) -> None:
        self.limits = limits_of(settings)
        self.schema, self.planner = build(self.limits)
        self.planner.gearbox = Gearbox(settings.compose_after or None, recollection=Recollection(settings.cache_dir))
        self.tariff = Tariff(self.schema._schema, self.planner.kinds, self.limits)
        self.rates = Rates(settings.rate, settings.rate_burst)
        self.timeout = settings.execution_timeout
        self.actor = settings.actor
        self.actor_id: str | None = None

    async def answer(self, request: GraphQLRequest, request_id: str, principal: Principal) -> Answer:
        """The answer to a request of somebody. Every failure is in it: the expected ones as they are, the others
        masked."""
        with observed(request, request_id, principal) as observation:
            try:
                checked = self.checked(request, principal)
            except NotExecuted as refused:
                answer = told(None, refused.errors, request_id, refused.extensions)
                answer = replace(answer, allowance=refused.allowance)
            else:
                observation.meant(checked.operation)
                answer = await self.answered(request, request_id, principal, checked)
                answer = replace(answer, allowance=checked.allowance)
            observation.answered(answer)
            return answer

    async def answered(
        self, request: GraphQLRequest, request_id: str, principal: Principal, checked: Checked
    ) -> Answer:
        extensions = checked.extensions
        try:
            async with asyncio.timeout(self.timeout):
                sight = await sight_of(self.connection, principal)
                writer_of = partial(self.writer, principal, sight, request.client)
                context = Context(self.connection, self.planner, writer_of, request_id, principal, sight, extensions)
                result = await self.execute(request, context)
        except TimeoutError:
            return Answer(body(None, [of(self.timed_out(checked.operation))], request_id, extensions))
        except PedigreeError as error:
            return told(None, [of(error)], request_id, extensions)
        return told(result.data, result.errors or (), request_id, extensions)

    def checked(self, request: GraphQLRequest, principal: Principal) -> Checked:
        """The operation that is meant. What it costs is spent. Raises NotExecuted."""
        try:
            document = self.schema.documents.read(request.query)
            if document.errors:
                raise NotExecuted(document.errors)
            operation = document.operation(request.operation_name)
            cost = self.tariff.cost(document, operation, request.variables)
        except GraphQLError as error:
            raise NotExecuted([error]) from None
        except PedigreeError as error:
            raise NotExecuted([of(error)]) from None
        extensions = {"cost": {"requested": cost, "limit": self.limits.cost}}
        if cost > self.limits.cost:
            message = f"This may cost {cost} points, {self.limits.cost} are allowed. {CHEAPER}"
            raise NotExecuted([of(TooComplex(message))], extensions)
        return Checked(operation, extensions, self.spent(principal, cost, extensions))

    def spent(self, principal: Principal, cost: int, extensions: dict[str, Any]) -> Allowance | None:
        """What is left to a principal who spends so many points; everybody together is nobody. Raises NotExecuted."""
        if principal.kind is CredentialKind.NOBODY:
            return None
        allowance = self.rates.spend(principal.actor_id, cost)
        if allowance is None:
            return None
        extensions["cost"].update(remaining=allowance.remaining, restoredPerSecond=allowance.per_second)
        if allowance.wait:
            message = f"You have spent your points: this costs {cost}, {allowance.remaining} are left. {LATER}"
            error = RateLimited(f"{message} {allowance.wait} s.", retryAfter=allowance.wait)
            raise NotExecuted([of(error)], extensions, allowance)
        return allowance

    async def execute(self, request: GraphQLRequest, context: Context) -> ExecutionResult:
        """What GraphQL makes of the request."""
        return await self.schema.execute(
            request.query,
            variable_values=dict(request.variables),
            context_value=context,
            operation_name=request.operation_name,
        )

    def timed_out(self, operation: OperationDefinitionNode) -> TimedOut:
        """What is said of an operation that was ended. A write that was under way is not: it ends by itself."""
        message = f"It took longer than {self.timeout:g} seconds. Ask for less, or try again later."
        if operation.operation is OperationType.MUTATION:
            return TimedOut(f"{message} {UNKNOWN}", committed="unknown")
        return TimedOut(message)

    async def writer(self, principal: Principal, sight: Sight, client: str | None, request_id: str) -> Writer:
        """Who writes. Where nobody signs in, everybody is the same user, who is made by the first change."""
        if principal.kind is CredentialKind.NOBODY:
            if self.actor_id is None:
                self.actor_id = await ensure_actor(self.connection, self.actor)
            principal = replace(principal, actor_id=self.actor_id)
        return Writer(self.connection, Caller(principal.actor_id, request_id, client, principal, sight))


def told(data: Any, errors: Sequence[GraphQLError], request_id: str, extensions: dict[str, Any]) -> Answer:
    """The answer. Without data and with no error of a field, nothing was executed."""
    executed = data is not None or any(error.path is not None for error in errors)
    whole = body(data, errors, request_id, extensions)
    if not executed:
        del whole["data"]
    return Answer(whole, executed)


def body(data: Any, errors: Sequence[GraphQLError], request_id: str, extensions: dict[str, Any]) -> dict[str, Any]:
    """The answer in GraphQL's form."""
    log_unexpected(errors, request_id)
    whole: dict[str, Any] = {"data": data}
    if errors:
        whole["errors"] = [formatted(error, request_id) for error in errors]
    return {**whole, "extensions": extensions} if extensions else whole
