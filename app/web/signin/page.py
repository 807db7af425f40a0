"""The page on which people sign in."""

from collections.abc import Sequence
from html import escape
from http import HTTPStatus

from starlette.responses import HTMLResponse

from app.access.oidc.provider import Provider
from app.web.templates import filled, form_page


def sign_in_page(
    providers: Sequence[Provider], notice: str = "", status: HTTPStatus = HTTPStatus.OK, *, root: str = ""
) -> HTMLResponse:
    """The page, with what has gone wrong. `root` leads from its address to that of the landing page."""
    elsewhere = "".join(
        filled("signin-elsewhere", root=root, number=str(number), title=escape(each.issuer.client.title))
        for number, each in enumerate(providers)
        if each.issuer.client is not None
    )
    shown = filled("signin-notice", notice=escape(notice)) if notice else ""
    return form_page("signin", status, notice=shown, elsewhere=elsewhere, root=root)
