"""How a browser is signed in and out: with a token that is pasted, by a link that works once, or at an issuer."""

from starlette.routing import Route

from app.settings import Settings
from app.web.entrance import Entrance
from app.web.signin.elsewhere import Elsewhere
from app.web.signin.forms import Forms


def routes(entrance: Entrance, settings: Settings) -> list[Route]:
    """The routes of `/signin` and `/signout`."""
    return [*Forms(entrance, settings).routes(), *Elsewhere(entrance, settings).routes()]
