"""The cookies of this server: a session, and the attempt to begin one at an issuer. No script reads them, no page of
another site sends them along with a change, and with TLS they travel by TLS alone."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.access.presented import Presented

SESSION = "pedigree"
ATTEMPT = "pedigree_attempt"
ATTEMPT_SECONDS = 600


def named(base: str, connection: HTTPConnection, *, secure: bool) -> str:
    """The name of a cookie. Browsers keep those of one host together, whatever the port: another server there has
    others. The prefix is a browser's promise that no other host has set it."""
    port = connection.base_url.port
    return f"{'__Host-' if secure else ''}{base}{f'_{port}' if port else ''}"


def session_of(connection: HTTPConnection, secure: bool) -> Presented | None:
    """The session that a browser presents."""
    text = connection.cookies.get(named(SESSION, connection, secure=secure))
    return Presented(text, is_cookie=True) if text else None


def attempt_of(connection: HTTPConnection, *, secure: bool) -> str:
    return connection.cookies.get(named(ATTEMPT, connection, secure=secure), "")


def give(response: Response, connection: HTTPConnection, base: str, value: str, *, secure: bool, seconds: int) -> None:
    """Have the browser keep a cookie for so many seconds. Lax, as who comes back from an issuer is to be known."""
    name = named(base, connection, secure=secure)
    response.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")


def take(response: Response, connection: HTTPConnection, base: str, *, secure: bool) -> None:
    """Have the browser forget a cookie."""
    name = named(base, connection, secure=secure)
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
