"""GraphQL over HTTP: https://graphql.github.io/graphql-over-http. Only POST, so that no link can ask for anything."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from http import HTTPStatus
from typing import TypeVar

import orjson
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.api.executor import Executor
from app.api.request import Answer
from app.settings import Settings
from app.web.admission import Admission
from app.web.allowance import headers_of
from app.web.body import ClientLeft, read_body
from app.web.entrance import Entrance
from app.web.media import GRAPHQL, check_content, wanted
from app.web.origins import check_origin
from app.web.payload import read_json, read_request
from app.web.refusals import refused
from app.web.request_ids import request_id_of

LONGEST_CLIENT = 250

Result = TypeVar("Result")


class GraphQLEndpoint:
    """Answers `POST /graphql`."""

    def __init__(self, executor: Executor, admission: Admission, entrance: Entrance, settings: Settings) -> None:
        self.executor = executor
        self.admission = admission
        self.entrance = entrance
        self.most_bytes = settings.max_body_bytes
        self.seconds = settings.request_timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        media_type = self.guard(scope["method"], headers)
        try:
            body = await read_body(headers, receive, most=self.most_bytes, seconds=self.seconds)
            # Who is refused goes on using the connection, which would be closed on a body that nobody has read.
            principal = await self.entrance.admit(HTTPConnection(scope))
            request = replace(read_request(read_json(body)), client=client_of(headers))
            async with self.admission.place():
                answer = await attended(self.executor.answer(request, request_id_of(scope), principal), receive)
        except ClientLeft:
            return
        await response(answer, media_type)(scope, receive, send)

    def guard(self, method: str, headers: Headers) -> str:
        """The media type of the answer to a request that may come in, as far as its head tells. Raises Refused."""
        if method != "POST":
            raise refused(HTTPStatus.METHOD_NOT_ALLOWED, "GraphQL is asked with POST.", Allow="POST")
        check_origin(headers, self.entrance.origins)
        check_content(headers)
        return wanted(headers)


def client_of(headers: Headers) -> str | None:
    """What the program that asks calls itself, as far as that is worth keeping."""
    return headers.get("user-agent", "")[:LONGEST_CLIENT] or None


def response(answer: Answer, media_type: str) -> Response:
    """The answer as it is sent. Plain JSON has always come with 200, whatever it says; who has to wait is told so."""
    is_wrong = media_type == GRAPHQL and not answer.executed
    status = HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
    headers = {}
    if answer.allowance is not None:
        headers = headers_of(answer.allowance)
        status = HTTPStatus.TOO_MANY_REQUESTS if answer.allowance.wait else status
    return Response(orjson.dumps(answer.body), status, headers, media_type)


async def attended(work: Awaitable[Result], receive: Receive) -> Result:
    """The result of the work, which is cancelled when the client leaves. Raises ClientLeft then."""
    task = asyncio.current_task()
    assert task is not None
    watch = asyncio.create_task(cancel_when_left(task, receive))
    try:
        return await work
    except asyncio.CancelledError:
        if watch.done() and not watch.cancelled() and task.uncancel() == 0:
            raise ClientLeft from None
        raise
    finally:
        watch.cancel()


async def cancel_when_left(task: asyncio.Task[object], receive: Receive) -> None:
    """Cancel a task once the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
    task.cancel()
