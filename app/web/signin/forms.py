"""`/signin` with a token or a link, and `/signout`. Both change something, so only forms of our own pages are taken;
a link is secret, and works once."""

from collections.abc import Awaitable
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.access.browsers import signed_in, signed_out
from app.domain.credentials.secret import Secret
from app.errors import PedigreeError, Unauthenticated
from app.settings import Settings
from app.web.body import read_body
from app.web.cookies import SESSION, give, session_of, take
from app.web.entrance import Entrance
from app.web.origins import check_own_page
from app.web.refusals import refused
from app.web.signin.page import sign_in_page

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 20 * 1024
NO_TOKEN = "Paste a token."


class Forms:
    """Signs browsers in and out."""

    def __init__(self, entrance: Entrance, settings: Settings) -> None:
        self.entrance = entrance
        self.access = entrance.access
        self.seconds = round(settings.session_hours * 3600)
        self.patience = settings.request_timeout

    def routes(self) -> list[Route]:
        return [
            Route("/signin", self.show, methods=["GET"]),
            Route("/signin", self.take, methods=["POST"]),
            Route("/signout", self.leave, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The page; a link that works once leads past it."""
        token = request.query_params.get("token")
        if token is None or request.method != "GET":
            return self.page()
        return await self.answer(request, self.begun(token))

    async def take(self, request: Request) -> Response:
        """What was typed into the page."""
        check_own_page(request.headers, self.entrance.origins)
        return await self.answer(request, self.begun(await self.typed(request)))

    async def leave(self, request: Request) -> Response:
        """End the session, here and in whichever process it is presented to."""
        check_own_page(request.headers, self.entrance.origins)
        secure = self.entrance.is_secure(request)
        session = session_of(request, secure)
        if session is not None:
            try:
                await signed_out(self.access, session)
            except Unauthenticated:
                pass  # it has ended already
            except PedigreeError as error:
                return self.page(error)
        response = RedirectResponse("./", HTTPStatus.SEE_OTHER)
        take(response, request, SESSION, secure=secure)
        return response

    async def typed(self, request: Request) -> str:
        """The token in a form. Raises Refused."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            raise refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send a form, as {FORM}.")
        body = await read_body(request.headers, request.receive, most=MOST_BYTES, seconds=self.patience)
        return parse_qs(body.decode("ascii", "replace")).get("token", [""])[0].strip()

    async def begun(self, text: str) -> Secret:
        if not text:
            raise Unauthenticated(NO_TOKEN)
        return await signed_in(self.access, text, self.seconds)

    async def answer(self, request: Request, beginning: Awaitable[Secret]) -> Response:
        """Where a browser goes that has a session; or the page again, which says why it has none."""
        try:
            session = await beginning
        except PedigreeError as error:
            return self.page(error)
        response = RedirectResponse("./", HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
        secure = self.entrance.is_secure(request)
        give(response, request, SESSION, session.text, secure=secure, seconds=self.seconds)
        return response

    def page(self, error: PedigreeError | None = None) -> Response:
        providers = self.access.issuers.listed
        if error is None:
            return sign_in_page(providers)
        is_theirs = isinstance(error, Unauthenticated)
        status = HTTPStatus.UNAUTHORIZED if is_theirs else HTTPStatus.SERVICE_UNAVAILABLE
        return sign_in_page(providers, error.message, status)
