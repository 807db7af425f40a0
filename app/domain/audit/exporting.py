"""The sealed log as lines of JSON, which a short program can verify without us: `docs/verify_audit.py` is one.

The first line has the keys, then there is a line for each event in the order of the log, and after the events that it
was signed for one for each head.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson

from app.database.connection import Connection
from app.domain.audit.log import Event, Key, Stretch, read_log, stretches
from app.domain.audit.texts import texts_of
from app.domain.canonical import rfc3339

Line = dict[str, Any]


async def export_log(connection: Connection, *, with_texts: bool = True) -> AsyncIterator[list[bytes]]:
    """All lines, each with its end, page by page. Events that are sealed meanwhile are left out."""
    log = await read_log(connection)
    yield [as_line({"keys": [key_line(key) for key in log.keys]})]
    async for stretch in stretches(connection, 0, log.last_head):
        yield [as_line(told) for told in lines_of(stretch, with_texts=with_texts)]


def lines_of(stretch: Stretch, *, with_texts: bool) -> Iterator[Line]:
    for event in stretch.events:
        yield event_line(event, with_texts=with_texts)
        if event["sequence"] in stretch.heads:
            yield {"checkpoint": stretch.heads[event["sequence"]]}


def event_line(event: Event, *, with_texts: bool) -> Line:
    texts = texts_of(event) if with_texts else {}
    sealed_at = rfc3339(event["sealedAt"])
    return {"sequence": event["sequence"], "sealedAt": sealed_at, "body": event["body"], "texts": texts}


def key_line(key: Key) -> Line:
    return {
        "number": key.number,
        "fromSize": key.from_size,
        "verifier": str(key.verifier),
        "introduction": key.introduction,
    }


def as_line(told: Line) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
