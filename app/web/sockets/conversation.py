"""One WebSocket: what is said on it, in which order, and how much."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.api.errors import of_refusal
from app.api.executor import Executor
from app.api.request import GraphQLRequest
from app.errors import PedigreeError, RateLimited
from app.web.admission import Admission
from app.web.graphql import client_of
from app.web.refusals import Refused
from app.web.request_ids import new_request_id
from app.web.sockets.guest import Guest
from app.web.sockets.messages import Closed, Complete, Init, Ping, Subscribe, read_message

MOST_OPERATIONS = 10
MOST_MESSAGES = 50  # in a second

GOING_AWAY = 1001
TOO_BIG = 1009
TRY_AGAIN = 1013
UNAUTHORIZED = 4401
FORBIDDEN = 4403
INIT_TIMEOUT = 4408
ID_TAKEN = 4409
TOO_MANY = 4429


@dataclass(frozen=True)
class Manners:
    """How long a client may be silent, at first and later, in seconds, and how long a message may be, in bytes."""

    hello: float
    idle: float
    most_bytes: int


class Conversation:
    """What happens on one socket, from its acceptance to its end."""

    def __init__(
        self, socket: WebSocket, guest: Guest, executor: Executor, admission: Admission, manners: Manners
    ) -> None:
        self.socket = socket
        self.guest = guest
        self.executor = executor
        self.admission = admission
        self.manners = manners
        self.client = client_of(socket.headers)
        self.initialised = False
        self.running: dict[str, asyncio.Task[None]] = {}
        self.heard: deque[float] = deque(maxlen=MOST_MESSAGES)

    async def hold(self) -> None:
        """Listen and answer until one side leaves. What still runs then is cancelled."""
        try:
            await self.listen()
        except Closed as closed:
            await self.end()
            with suppress(WebSocketDisconnect):
                await self.socket.close(closed.code, closed.reason)
        except WebSocketDisconnect:
            pass
        finally:
            await self.end()

    async def listen(self) -> None:
        """Hear one message after the other. Raises Closed or WebSocketDisconnect."""
        await self.begin()
        while True:
            try:
                async with asyncio.timeout(self.manners.idle):
                    text = await self.receive()
            except TimeoutError:
                if not self.running:
                    raise Closed(GOING_AWAY, "Nothing was said for too long.") from None
                continue
            await self.react(text)

    async def begin(self) -> None:
        """Hear the first message, which has to come soon."""
        try:
            async with asyncio.timeout(self.manners.hello):
                while not self.initialised:
                    await self.react(await self.receive())
        except TimeoutError:
            raise Closed(INIT_TIMEOUT, "Connection initialisation timeout") from None

    async def receive(self) -> str:
        """The next message."""
        event = await self.socket.receive()
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(event.get("code", 1005))
        text = event.get("text")
        if text is None:
            raise Closed(4400, "Messages are text, not bytes.")
        if len(text) > self.manners.most_bytes:
            raise Closed(TOO_BIG, f"A message may have {self.manners.most_bytes} bytes at most.")
        return str(text)

    async def react(self, text: str) -> None:
        self.count()
        match read_message(text):
            case Init(authorization):
                await self.initialise(authorization)
            case Ping():
                await self.say({"type": "pong"})
            case Subscribe(id, request):
                await self.start(id, request)
            case Complete(id):
                if task := self.running.pop(id, None):
                    task.cancel()

    def count(self) -> None:
        """Close when messages come too fast."""
        now = asyncio.get_running_loop().time()
        if len(self.heard) == MOST_MESSAGES and now - self.heard[0] < 1:
            raise Closed(TOO_MANY, f"No more than {MOST_MESSAGES} messages in a second.")
        self.heard.append(now)

    async def initialise(self, authorization: str | None) -> None:
        """Greet who has a credential: in the message, or in the head of the request that opened the socket."""
        if self.initialised:
            raise Closed(TOO_MANY, "Too many initialisation requests")
        try:
            await self.guest.introduce(authorization)
        except Refused as refusal:
            if refusal.status == HTTPStatus.UNAUTHORIZED:
                raise Closed(FORBIDDEN, "Forbidden") from refusal
            raise Closed(TRY_AGAIN, "Try again later") from refusal
        self.initialised = True
        await self.say({"type": "connection_ack"})

    async def start(self, id: str, request: GraphQLRequest) -> None:
        """Begin an operation."""
        if not self.initialised:
            raise Closed(UNAUTHORIZED, "Unauthorized")
        if id in self.running:
            raise Closed(ID_TAKEN, f"Subscriber for {id} already exists")
        if len(self.running) >= MOST_OPERATIONS:
            refusal = RateLimited(f"No more than {MOST_OPERATIONS} operations at a time on one socket.")
            await self.refuse(id, refusal, new_request_id())
            return
        self.running[id] = asyncio.create_task(self.operate(id, request))

    async def operate(self, id: str, request: GraphQLRequest) -> None:
        """Answer an operation, with an id and a context of its own. Who asks is looked at anew each time."""
        request_id = new_request_id()
        try:
            principal = await self.guest.principal()
            async with self.admission.place():
                asked = replace(request, client=self.client)
                answer = await self.executor.answer(asked, request_id, principal)
            if answer.executed:
                await self.say({"id": id, "type": "next", "payload": answer.body})
            # Before the last message, as the client may use the id again at once.
            self.running.pop(id, None)
            last = {"type": "complete"} if answer.executed else {"type": "error", "payload": answer.body["errors"]}
            await self.say({"id": id, **last})
        except Refused as refusal:
            self.running.pop(id, None)
            await self.refuse(id, refusal.error, request_id)
        except WebSocketDisconnect:
            pass  # whoever listens hears it, too

    async def refuse(self, id: str, error: PedigreeError, request_id: str) -> None:
        await self.say({"id": id, "type": "error", "payload": [of_refusal(error, request_id)]})

    async def say(self, message: dict[str, Any]) -> None:
        await self.socket.send_text(orjson.dumps(message).decode())

    async def end(self) -> None:
        """Cancel what still runs."""
        tasks = list(self.running.values())
        self.running.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
