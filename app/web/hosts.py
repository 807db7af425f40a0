"""By which names the server may be reached. A page of somebody else's that made its own name lead here (DNS rebinding)
would otherwise count as ours."""

from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from app.errors import Forbidden
from app.settings import Settings
from app.web.refusals import Refused, response
from app.web.request_ids import request_id_of

OPEN = frozenset({"/healthz", "/readyz"})  # an orchestrator asks by whatever address it has, and learns nothing else
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MESSAGE = "The server does not answer to this Host. PEDIGREE_ALLOWED_HOSTS names those that it answers to."


def hosts(settings: Settings) -> frozenset[str] | None:
    """The names that are allowed, in lower case. None: any."""
    named = settings.allowed_hosts.lower().split()
    if public := urlsplit(settings.public_url).hostname:
        named.append(bracketed(public))
    if not named and not is_loopback(settings.host):
        return None
    return frozenset((*LOOPBACK, bracketed(settings.host.lower()), *named))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there. Then a name that leads here can be nobody else's; beyond,
    a page that came by such a name has no session here, as cookies belong to names."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Hosts:
    """Refuses requests to other names."""

    def __init__(self, app: ASGIApp, allowed: frozenset[str] | None) -> None:
        self.app = app
        self.allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_open = scope["type"] == "lifespan" or scope["path"] in OPEN
        if self.allowed is None or is_open or self.is_allowed(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        refusal = response(Refused(HTTPStatus.MISDIRECTED_REQUEST, Forbidden(MESSAGE)), request_id_of(scope))
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).send_denial_response(refusal)
        else:
            await refusal(scope, receive, send)

    def is_allowed(self, headers: Headers) -> bool:
        """Whether exactly one name was given, and it is allowed."""
        given = headers.getlist("host")
        return len(given) == 1 and without_port(given[0].lower()) in (self.allowed or ())


def without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def bracketed(host: str) -> str:
    """An address of IPv6 as it stands in a URL."""
    return f"[{host}]" if ":" in host else host
