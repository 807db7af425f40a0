"""What every answer tells the browser: run nothing that is not ours, guess no types, pass no addresses on."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "content-security-policy"


def policy(**sources: str) -> str:
    """A Content-Security-Policy in which nothing is allowed but these sources; `script_src` is written script-src."""
    nothing = dict.fromkeys(("default_src", "base_uri", "form_action", "frame_ancestors"), "'none'")
    return "; ".join(f"{kind.replace('_', '-')} {source}" for kind, source in (nothing | sources).items())


STRICT = policy(script_src="'self'", style_src="'self'", img_src="'self'")
# A page with a form, which sends it to us; the browser has to tell us that it was ours.
FORM = policy(script_src="'self'", style_src="'self'", img_src="'self'", form_action="'self'")
# The editor writes style sheets while it runs, and checks what is typed in workers.
GRAPHIQL = policy(
    script_src="'self'",
    style_src="'self' 'unsafe-inline'",
    img_src="'self' data:",
    font_src="'self'",
    connect_src="'self'",
    worker_src="'self'",
)

HEADERS: Mapping[str, str] = {
    CONTENT_SECURITY_POLICY: STRICT,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


class SecurityHeaders:
    """Middleware that adds the headers to every answer. What an answer says itself, stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
