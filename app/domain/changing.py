"""The commands that change what is there: what they name is looked up, then one statement locks, checks and changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.database.connection import Row
from app.domain.bundle import JSON_FIELDS, as_json
from app.domain.command import Command
from app.domain.idempotency import Claim
from app.domain.permission.asking import need_of
from app.domain.resolution import Mention, Resolution
from app.domain.writing import Change, Writer, Written, commit, once
from app.errors import StaleRevision
from graph_schema.elements import Type
from graph_schema.model import MODEL


async def changed(
    writer: Writer, command: Command, mentions: Iterable[Mention], compose: Callable[[Resolution], Change]
) -> Written:
    """Make the change that `compose` describes, once. Returns the id of what was changed."""
    wanted = list(mentions)

    async def attempt(claim: Claim | None) -> Written:
        resolution = await writer.resolve(wanted)
        change = compose(resolution)
        need = change.need or need_of(command, wanted, resolution)
        row = await commit(writer, replace(change, claim=claim, need=need))
        return Written(row["id"])

    return await once(writer, command, attempt)


def stale(row: Row) -> Exception:
    """The refusal of a change that expected another revision."""
    return StaleRevision(f"It is at revision {row['revision']}.", path=("expectedRevision",), revision=row["revision"])


def sent(label: str, command: Command, *besides: str) -> dict[str, Any]:
    """The properties that a command sets: what was sent, null included, and nothing else."""
    values = command.model_dump(mode="python", by_alias=True, exclude_unset=True, exclude=set(besides))
    return {name: stored_value(label, name, value) for name, value in values.items()}


def stored_value(label: str, name: str, value: Any) -> Any:
    """One property as the graph keeps it."""
    if value is not None and name in JSON_FIELDS[label]:
        return as_json(value)
    return value


def required_names(label: str) -> Mapping[str, Type]:
    """The properties of a node that cannot be cleared."""
    return {each.name: each.type for each in MODEL.by_label[label].properties if each.required}
