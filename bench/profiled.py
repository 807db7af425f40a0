"""`pedigree serve` that looks at itself: a thread sees, a thousand times a second, what the server is doing.

`python -m bench.profiled` serves like the real one. `GET /profile` tells how often each phase was seen since the last
time. What is seen is the innermost frame that a phase claims; no such frame means that the loop waits.
"""

import sys
import threading
import time
from collections import Counter
from types import FrameType

import typer
import uvicorn
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.cli.listener import listen, url
from app.main import create_app
from app.settings import Settings

WAITING = "waiting"
# What a frame is part of, by a piece of the path of its file. The first that fits counts.
PHASES = (
    ("/graphql/language/", "parse, validate"),
    ("/graphql/validation/", "parse, validate"),
    ("/graphql/pyutils/", ""),
    ("/graphql/", "shaping"),
    ("/app/planner/gear", "rows"),
    ("/app/planner/rows", "rows"),
    ("/app/planner/", "planning"),
    ("/neo4j/_codec/", "unpacking"),
    ("/neo4j/time/", "unpacking"),
    ("/pytz/", "unpacking"),
    ("/neo4j/", "driver"),
    ("/app/database/", "driver"),
    ("/app/web/graphql.py", "JSON"),
    ("/app/web/payload.py", "JSON"),
    ("/app/telemetry/", "watching"),
    ("/prometheus_client/", "watching"),
    ("/structlog/", "watching"),
    ("/app/web/", "HTTP"),
    ("/app/", "rules"),
    ("/pydantic/", "rules"),
    ("/strawberry/", "HTTP"),
    ("/starlette/", "HTTP"),
    ("/uvicorn/protocols/", "HTTP"),
)
NAMES = (
    "parse, validate",
    "planning",
    "driver",
    "unpacking",
    "rows",
    "rules",
    "shaping",
    "JSON",
    "HTTP",
    "watching",
    WAITING,
)
INTERVAL = 0.001


class Sampler(threading.Thread):
    """Counts what a thread is seen doing."""

    def __init__(self, thread: int) -> None:
        super().__init__(daemon=True)
        self.thread = thread
        self.seen: Counter[str] = Counter()

    def run(self) -> None:
        while True:
            time.sleep(INTERVAL)
            self.seen[phase(sys._current_frames().get(self.thread))] += 1

    def taken(self) -> dict[str, int]:
        """What was seen since the last time."""
        seen, self.seen = self.seen, Counter()
        return dict(seen)


def phase(frame: FrameType | None) -> str:
    """What is being done, from the innermost frame outwards."""
    while frame is not None:
        file = frame.f_code.co_filename
        found = next((name for piece, name in PHASES if piece in file), "")
        if found:
            return found
        frame = frame.f_back
    return WAITING


def observed(app: ASGIApp, sampler: Sampler) -> ASGIApp:
    """The application, and what it was seen doing."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/profile":
            await JSONResponse(sampler.taken())(scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


class Server(uvicorn.Server):
    """Says when it answers."""

    address = ""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        typer.echo(f"Pedigree is ready at {self.address}")


def main() -> None:
    """Serve until the end."""
    sys.setswitchinterval(INTERVAL / 2)
    sampler = Sampler(threading.get_ident())
    settings = Settings()
    listener = listen(settings.host, settings.port, auth=settings.auth)
    app = observed(create_app(settings), sampler)
    server = Server(uvicorn.Config(app, lifespan="on", log_config=None, log_level="warning", access_log=False))
    server.address = url(settings.host, listener)
    sampler.start()
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
