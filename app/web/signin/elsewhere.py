"""People who sign in at an issuer: sent there, and met when they come back. `/signin/with/0` is the first issuer."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.access.browsers import signed_in_elsewhere
from app.access.oidc.configuration import Client
from app.access.oidc.provider import Provider
from app.access.oidc.sign_in import Attempt, claims_of, new_attempt, read_attempt, way_there
from app.domain.credentials.denial import Doubt, denied
from app.errors import PedigreeError, Unauthenticated
from app.settings import Settings
from app.web.cookies import ATTEMPT, ATTEMPT_SECONDS, SESSION, attempt_of, give, take
from app.web.entrance import Entrance
from app.web.signin.page import sign_in_page

BACK = "/signin/callback"
OTHER_BROWSER = "This sign-in was begun in another browser, or too long ago. Begin again."
NOT_THERE = "The sign-in was not completed there. Begin again."


class Elsewhere:
    """Signs browsers in by what an issuer says."""

    def __init__(self, entrance: Entrance, settings: Settings) -> None:
        self.entrance = entrance
        self.access = entrance.access
        self.seconds = round(settings.session_hours * 3600)

    def routes(self) -> list[Route]:
        return [Route("/signin/with/{number:int}", self.leave), Route(BACK, self.come_back)]

    async def leave(self, request: Request) -> Response:
        """Send a browser to the issuer."""
        attempt = new_attempt(request.path_params["number"])
        provider, client = self.issuer(attempt)
        try:
            place = await way_there(provider, client, attempt, self.entrance.address(request) + BACK)
        except PedigreeError as error:
            return self.page(error, "../../")
        response = RedirectResponse(place, HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
        secure = self.entrance.is_secure(request)
        give(response, request, ATTEMPT, attempt.written(), secure=secure, seconds=ATTEMPT_SECONDS)
        return response

    async def come_back(self, request: Request) -> Response:
        """Begin the session of who comes from the issuer. The attempt is over, however it ends."""
        secure = self.entrance.is_secure(request)
        try:
            attempt = self.attempt(request)
            provider, client = self.issuer(attempt)
            back = self.entrance.address(request) + BACK
            claims = await claims_of(provider, client, attempt, code(request, provider), back)
            session = await signed_in_elsewhere(self.access, provider, claims, self.seconds)
        except PedigreeError as error:
            response = self.page(error, "../")
        else:
            response = RedirectResponse("../", HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
            give(response, request, SESSION, session.text, secure=secure, seconds=self.seconds)
        take(response, request, ATTEMPT, secure=secure)
        return response

    def attempt(self, request: Request) -> Attempt:
        """The attempt that this browser has begun. Raises Unauthenticated."""
        kept = read_attempt(attempt_of(request, secure=self.entrance.is_secure(request)))
        if kept is None or not kept.is_of(request.query_params.get("state", "")):
            raise Unauthenticated(OTHER_BROWSER)
        return kept

    def issuer(self, attempt: Attempt) -> tuple[Provider, Client]:
        """The issuer of an attempt, and what this server is there."""
        listed = self.access.issuers.listed
        provider = listed[attempt.number] if attempt.number < len(listed) else None
        client = provider.issuer.client if provider else None
        if provider is None or client is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return provider, client

    def page(self, error: PedigreeError, root: str) -> Response:
        status = HTTPStatus.UNAUTHORIZED if isinstance(error, Unauthenticated) else HTTPStatus.BAD_GATEWAY
        return sign_in_page(self.access.issuers.listed, error.message, status, root=root)


def code(request: Request, provider: Provider) -> str:
    """The code that the issuer gave the browser. Raises Unauthenticated."""
    found = request.query_params.get("code")
    if found is None:
        raise Unauthenticated(NOT_THERE)
    if request.query_params.get("iss", provider.issuer.issuer) != provider.issuer.issuer:
        raise denied(Doubt.UNKNOWN)  # https://www.rfc-editor.org/rfc/rfc9207
    return found
