"""Where questions about lineage begin: the nodes that references stand for."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from app.database.connection import Connection
from app.domain.permission.sight import WHOLE, Sight
from app.domain.references import LineageRef
from app.domain.resolution import Mention, origin, resolve
from app.errors import InvalidInput, PathItem

Place = tuple[PathItem, ...]


async def origins(
    connection: Connection, references: Sequence[tuple[Place, Mapping[str, Any]]], sight: Sight = WHOLE
) -> list[str]:
    """The ids of what the references stand for, in their order. Raises NotFound with the path of the first unknown."""
    mentions = [_mention(path, given) for path, given in references]
    resolution = await resolve(connection, mentions, sight)
    return [resolution.require(each).id for each in mentions]


def _mention(path: Place, given: Mapping[str, Any]) -> Mention:
    try:
        return origin(LineageRef.model_validate(given), *path)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(f"{first['msg'].removeprefix('Value error, ')}.", path=(*path, *first["loc"])) from error
