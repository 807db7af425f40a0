"""GraphQL over HTTP: Strawberry's view, with our context, our errors and a fast JSON."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult

from app.api.context import Context
from app.api.errors import formatted, log_unexpected
from app.api.schema import build
from app.database.connection import Connection
from app.domain.identity import ensure_actor
from app.domain.writing import Caller, Writer


class GraphQLView(GraphQL[Context, None]):
    """Answers `/graphql`. The connection is set once the application has started."""

    connection: Connection

    def __init__(self, *, actor: str) -> None:
        schema, self.planner = build()
        super().__init__(schema, graphql_ide=None, subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,))
        self.actor = actor
        self.actor_id: str | None = None

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        request_id = request.state.request_id
        context = Context(self.connection, self.planner, self.writer, request_id)
        request.state.extensions = context.extensions
        return context

    async def writer(self, request_id: str) -> Writer:
        """Who writes. Until people can sign in, everybody is the same user."""
        if self.actor_id is None:
            self.actor_id = await ensure_actor(self.connection, self.actor)
        return Writer(self.connection, Caller(self.actor_id, request_id))

    async def process_result(self, request: Request | WebSocket, result: ExecutionResult) -> GraphQLHTTPResponse:
        request_id = request.state.request_id
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            log_unexpected(result.errors, request_id)
            answer["errors"] = [formatted(error, request_id) for error in result.errors]
        if extensions := {**(result.extensions or {}), **request.state.extensions}:
            answer["extensions"] = extensions
        return answer  # type: ignore[return-value]  # the errors are in the GraphQL specification's own form

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)
