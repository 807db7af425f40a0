"""Pages are HTML files in `templates/`, with `$name` where a value stands."""

from functools import cache
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

from app.web.headers import CONTENT_SECURITY_POLICY, FORM, STRICT

FOLDER = Path(__file__).parent / "templates"


@cache
def template(name: str) -> Template:
    return Template((FOLDER / f"{name}.html").read_text(encoding="utf-8").rstrip())


def filled(name: str, /, **values: str) -> str:
    """The HTML of a template. Values are HTML already."""
    return template(name).substitute(values)


def page(name: str, /, *, policy: str = STRICT, **values: str) -> HTMLResponse:
    """A page, which the browser asks for anew each time."""
    headers = {CONTENT_SECURITY_POLICY: policy, "cache-control": "no-cache", "vary": "accept"}
    return HTMLResponse(filled(name, **values), headers=headers)


def form_page(name: str, status: int = 200, /, **values: str) -> HTMLResponse:
    """A page with a form, kept nowhere. With the usual policy, a browser would not say whose form it sends."""
    headers = {CONTENT_SECURITY_POLICY: FORM, "referrer-policy": "same-origin", "cache-control": "no-store"}
    return HTMLResponse(filled(name, **values), status, {**headers, "vary": "accept, cookie"})
