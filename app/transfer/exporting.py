"""The export of the whole registry: entity by entity in the order of their ids, each with the edges that leave it."""

from collections.abc import AsyncIterator, Iterable

import orjson

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.transfer.directory import chunks
from app.transfer.standing import Entity, standing
from app.transfer.telling import Names, edge_line, entity_line, mentioned
from graph_schema.model import MODEL

PAGE = query("transfer/page")
NAMES = query("transfer/names")
PAGE_SIZE = 200
NAMES_SIZE = 2_000
REMEMBERED = 100_000


async def export_lines(connection: Connection) -> AsyncIterator[list[bytes]]:
    """All lines, each with its end, page by page. The same registry always gives the same text."""
    names: dict[str, dict[str, object]] = {}
    after = ""
    while ids := (await connection.ask(PAGE, given({"after": after, "limit": PAGE_SIZE})))["ids"]:
        found = await standing(connection, ids)
        entities = [found[id] for id in ids if id in found]
        names = names if len(names) < REMEMBERED else {}
        await learn(connection, names, (id for entity in entities for id in mentioned(entity)))
        yield [line for entity in entities for line in lines_of(entity, names)]
        after = ids[-1]


async def learn(connection: Connection, names: dict[str, dict[str, object]], ids: Iterable[str]) -> None:
    """Add the names of what is not known yet."""
    for some in chunks(sorted(set(ids) - names.keys()), NAMES_SIZE):
        row = await connection.ask(NAMES, given({"ids": some}))
        names |= {each["id"]: {**each, "label": MODEL.label_of(each["labels"])} for each in row["names"]}


def lines_of(entity: Entity, names: Names) -> Iterable[bytes]:
    yield as_line(entity_line(entity, names))
    edges = [edge for edge in entity.edges if edge["to"] in names]
    told = [edge_line(edge, {**names}) for edge in edges]
    yield from sorted(as_line(edge) for edge in told)


def as_line(told: dict[str, object]) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
