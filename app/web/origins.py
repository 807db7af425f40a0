"""Whose pages may send requests: our own, and those of allowed origins. What is no browser names no origin."""

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from app.errors import Forbidden
from app.settings import Settings
from app.web.refusals import Refused

MESSAGE = "Pages of this origin may not send requests here. PEDIGREE_ALLOWED_ORIGINS names those that may."
NO_ORIGIN = "A request that is signed in by a cookie has to say, in the header Origin, which page it comes from."
DEFAULT_PORTS = {"http": 80, "https": 443}


def origins(settings: Settings) -> frozenset[str]:
    """The origins that are allowed besides the one of the request's own host, in lower case."""
    public = [settings.public_url.lower()] if settings.public_url else []
    return frozenset((*settings.allowed_origins.lower().split(), *public))


def check_own_page(headers: Headers, allowed: frozenset[str]) -> None:
    """Raise Refused unless a page of ours sent the request. What a browser does by itself, it does for any page."""
    if not headers.getlist("origin"):
        raise Refused(HTTPStatus.FORBIDDEN, Forbidden(NO_ORIGIN))
    check_origin(headers, allowed)


def check_origin(headers: Headers, allowed: frozenset[str]) -> None:
    """Raise Refused for a request of somebody else's page."""
    for origin in headers.getlist("origin"):
        if origin.lower() not in allowed and not is_same(origin, headers.get("host", "")):
            raise Refused(HTTPStatus.FORBIDDEN, Forbidden(MESSAGE))


def is_same(origin: str, host: str) -> bool:
    """Whether an origin is that of the host: its scheme may have changed at a proxy that ends TLS."""
    try:
        page, here = urlsplit(origin), urlsplit(f"//{host}")
        default = DEFAULT_PORTS.get(page.scheme)
        return page.hostname is not None and (page.hostname, page.port or default) == (
            here.hostname,
            here.port or default,
        )
    except ValueError:
        return False
