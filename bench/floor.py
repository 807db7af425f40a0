"""A server that does nothing, to see what the client and HTTP cost by themselves: `python -m bench.floor`."""

import typer
import uvicorn
from starlette.types import Receive, Scope, Send

from app.cli.listener import listen, url

HOST = "127.0.0.1"


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers everything with an empty object."""
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"{}"})


def main() -> None:
    """Serve until the end."""
    listener = listen(HOST, 0, auth=False)
    typer.echo(f"ready at {url(HOST, listener)}")
    uvicorn.Server(uvicorn.Config(nothing, lifespan="off", log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
