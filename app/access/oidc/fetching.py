"""What an issuer is asked over HTTP: little, briefly, and never anybody else than whom the address names."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx2
import orjson

from app.errors import Unavailable

SECONDS = 5.0
MOST_BYTES = 512 * 1024


class IssuerAway(Unavailable):
    """The issuer of the token does not answer as it should. Try again in a moment."""


async def fetched(url: str) -> dict[str, Any]:
    """The object that an address answers with. Raises IssuerAway."""
    return await exchanged("GET", url)


async def exchanged(
    method: str, url: str, *, form: Mapping[str, str] | None = None, auth: tuple[str, str] | None = None
) -> dict[str, Any]:
    """The object that a request is answered with. Redirects are not followed: they could lead anywhere."""
    headers = {"Accept": "application/json", "User-Agent": "pedigree"}
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx2.AsyncClient(follow_redirects=False, timeout=SECONDS) as client,
            client.stream(method, url, data=form, auth=auth, headers=headers) as response,
        ):
            if response.status_code != 200:
                raise IssuerAway
            return read(await body(response))
    except (httpx2.HTTPError, TimeoutError) as error:
        raise IssuerAway from error


async def body(response: httpx2.Response) -> bytes:
    """The whole body, if it is not too long."""
    found = bytearray()
    async for part in response.aiter_bytes():
        found += part
        if len(found) > MOST_BYTES:
            raise IssuerAway
    return bytes(found)


def read(text: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise IssuerAway from None
    if not isinstance(value, dict):
        raise IssuerAway
    return value
