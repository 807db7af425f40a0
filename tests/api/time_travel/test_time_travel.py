"""The registry as of any instant: what was answered after each write of a random history is answered again at its end.

A seed makes the history; it is told with what differs.
"""

import os
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.database.connection import Connection
from tests.api.conftest import Client
from tests.api.time_travel.histories import History
from tests.fixtures.snapshot import found

WORLD, PLACED, STATES, JUDGED = (
    Path(__file__).with_name(f"{name}.graphql").read_text(encoding="utf-8")
    for name in ("world", "placed", "states", "judged")
)
OPEN = {"live": {"live": True}, "findings": {"open": True}, "recalls": {"open": True}}
NOW = "RETURN toString(datetime.truncate('microsecond', datetime.realtime())) AS found"
IS_WHOLE = os.environ.get("PEDIGREE_DIFFERENTIAL") == "whole"
SEEDS = range(1, 9 if IS_WHOLE else 2)
WRITES = 20  # of each history
JUDGEMENTS = 10  # every so many writes: each takes processes of its own


@pytest.mark.planning
async def test_what_was_so_is_answered_as_of_then(client: Client, connection: Connection) -> None:
    for text in (WORLD, PLACED):
        await client.data(text)
    for seed in SEEDS:
        history, then = History(Random(seed)), list[tuple[str, dict[str, Any]]]()
        while len(then) < WRITES:
            if await history.step(client):
                at = await found(connection, NOW)
                then.append((at, await states(client, len(then), at, **OPEN)))
        for number, (at, answer) in enumerate(then):
            again = await states(client, number, at, asOf=at)
            differing = {name: (answer[name], again[name]) for name in answer if again[name] != answer[name]}
            assert differing == {}, f"seed {seed}, after write {number}: {history.done[number]}"


async def states(client: Client, number: int, at: str, **variables: Any) -> dict[str, Any]:
    """All states after a write, and now and then what is judged by them."""
    found = await client.data(STATES, at=at, **variables)
    return {**found, **(await client.data(JUDGED, **variables) if number % JUDGEMENTS == JUDGEMENTS - 1 else {})}
