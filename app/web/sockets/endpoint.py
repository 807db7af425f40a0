"""Who may open a WebSocket at `/graphql`, and how many there are."""

from http import HTTPStatus

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from app.api.executor import Executor
from app.errors import RateLimited
from app.settings import Settings
from app.web.admission import RETRY_AFTER, Admission
from app.web.entrance import Entrance
from app.web.origins import check_origin
from app.web.refusals import Refused, response
from app.web.request_ids import request_id_of
from app.web.sockets.conversation import Conversation, Manners
from app.web.sockets.guest import Guest

PROTOCOL = "graphql-transport-ws"
UNACCEPTABLE = 4406


class SocketEndpoint:
    """Answers GraphQL over WebSockets."""

    def __init__(self, executor: Executor, admission: Admission, entrance: Entrance, settings: Settings) -> None:
        self.executor = executor
        self.admission = admission
        self.entrance = entrance
        self.most = settings.max_sockets
        self.manners = Manners(settings.request_timeout, settings.socket_idle_timeout, settings.max_body_bytes)
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        try:
            check_origin(socket.headers, self.entrance.origins)
            presented = self.entrance.presented(socket)
            self.check_room()
        except Refused as refusal:
            await socket.send_denial_response(response(refusal, request_id_of(scope)))
            return
        self.open += 1
        try:
            await self.converse(socket, Guest(self.entrance, presented))
        finally:
            self.open -= 1

    def check_room(self) -> None:
        if self.open >= self.most:
            error = RateLimited("The server has as many open WebSockets as it takes. Try again in a moment.")
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, error, RETRY_AFTER)

    async def converse(self, socket: WebSocket, guest: Guest) -> None:
        """Speak the one protocol there is."""
        if PROTOCOL not in socket.scope["subprotocols"]:
            await socket.accept()
            await socket.close(UNACCEPTABLE, "Subprotocol not acceptable")
            return
        await socket.accept(PROTOCOL)
        await Conversation(socket, guest, self.executor, self.admission, self.manners).hold()
