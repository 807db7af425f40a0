"""A request's body, as long as it is short and comes in time."""

import asyncio
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import Receive

from app.errors import TimedOut
from app.web.refusals import Refused, refused

CLOSE = {"Connection": "close"}


class ClientLeft(Exception):
    """Nobody waits for an answer any longer."""


async def read_body(headers: Headers, receive: Receive, *, most: int, seconds: float) -> bytes:
    """The whole body. Raises Refused when it is too long or too slow, ClientLeft when it breaks off."""
    check_length(headers.get("content-length", "0"), most)
    try:
        async with asyncio.timeout(seconds):
            return await collected(receive, most)
    except TimeoutError:
        slow = TimedOut(f"The request did not come within {seconds:g} seconds. Send it again.")
        raise Refused(HTTPStatus.REQUEST_TIMEOUT, slow, CLOSE) from None


async def collected(receive: Receive, most: int) -> bytes:
    """The parts of the body together."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft
        body += message.get("body", b"")
        if len(body) > most:
            raise too_long(most)
        if not message.get("more_body", False):
            return bytes(body)


def check_length(given: str, most: int) -> None:
    """Refuse what says of itself that it is too long, before any of it is read."""
    if given.isdigit() and int(given[:20]) > most:
        raise too_long(most)


def too_long(most: int) -> Refused:
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return refused(status, f"A request may have {most} bytes at most: send less at a time.", Connection="close")
