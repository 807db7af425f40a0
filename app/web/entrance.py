"""Who sends a request: what it carries in its head is presented, and a refusal told as HTTP tells it."""

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from app.access.access import Access
from app.access.presented import Presented
from app.domain.credentials.denial import Doubt, denied
from app.domain.principal import Principal
from app.errors import PedigreeError, Unauthenticated
from app.settings import Settings
from app.web.cookies import session_of
from app.web.origins import check_own_page, origins
from app.web.refusals import Refused

REALM = 'Bearer realm="pedigree"'
RETRY_AFTER = {"Retry-After": "1"}


class Entrance:
    """Where everything that may come in passes, over HTTP and over a WebSocket."""

    def __init__(self, access: Access, settings: Settings) -> None:
        self.access = access
        self.origins = origins(settings)
        self.public_url = settings.public_url

    async def admit(self, connection: HTTPConnection) -> Principal:
        """Who sends a request. Raises Refused."""
        return await self.let_in(self.presented(connection))

    async def let_in(self, presented: Presented | None) -> Principal:
        """Who presents this. Raises Refused."""
        try:
            return await self.access.admit(presented)
        except PedigreeError as error:
            raise refusal(error) from error

    async def visitor(self, connection: HTTPConnection) -> Principal | None:
        """Who looks at a page; None when nobody is signed in, or nobody can tell."""
        if self.access.is_open:
            return await self.access.admit(None)
        try:
            presented = self.bearer(connection) or session_of(connection, self.is_secure(connection))
            return await self.access.admit(presented)
        except (PedigreeError, Refused):
            return None

    def presented(self, connection: HTTPConnection) -> Presented | None:
        """The credential in the head of a request: its header, or the cookie of a page of ours. Raises Refused."""
        if self.access.is_open:
            return None
        header = self.bearer(connection)
        if header is not None:
            return header
        cookie = session_of(connection, self.is_secure(connection))
        if cookie is not None:
            check_own_page(connection.headers, self.origins)
        return cookie

    def bearer(self, connection: HTTPConnection) -> Presented | None:
        given = connection.headers.getlist("authorization")
        if len(given) > 1:
            raise refusal(denied(Doubt.MALFORMED))
        return bearer(given[0]) if given else None

    def is_secure(self, connection: HTTPConnection) -> bool:
        """Whether the browser came by TLS, which may end before us."""
        scheme = urlsplit(self.public_url).scheme or connection.scope.get("scheme", "http")
        return scheme in ("https", "wss")

    def address(self, connection: HTTPConnection) -> str:
        """The address by which browsers reach the server, without a slash at its end."""
        return self.public_url or str(connection.base_url).rstrip("/")


def bearer(text: str) -> Presented:
    """What a header Authorization presents. Raises Refused."""
    scheme, _, token = text.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise refusal(denied(Doubt.MALFORMED))
    return Presented(token.strip())


def refusal(error: PedigreeError) -> Refused:
    """Why somebody is not let in, or why nobody can tell."""
    if not isinstance(error, Unauthenticated):
        return Refused(HTTPStatus.SERVICE_UNAVAILABLE, error, RETRY_AFTER)
    reason = error.details.get("reason")
    told = f', error="invalid_token", error_description="{str(reason).lower()}"' if reason else ""
    return Refused(HTTPStatus.UNAUTHORIZED, error, {"WWW-Authenticate": REALM + told})
