"""The primary of an endpoint, for who asks while it is replaced."""

import asyncio

from app.domain.writing import Writer
from tests.api.conftest import Client
from tests.domain.registered import environment, version
from tests.domain.test_delivery import place
from tests.domain.test_roll_outs import activate, roll_back, stop

PRIMARY = '{ endpoint(environment: "production", name: "churn-api") { primary { id } } }'
ROUNDS = 20  # of five replacements each


async def primary(client: Client) -> str | None:
    found = (await client.data(PRIMARY))["endpoint"]["primary"]
    return found and str(found["id"])


async def test_readers_see_one_at_any_time_while_it_is_placed_rolled_out_and_brought_back(
    client: Client, writer: Writer
) -> None:
    await environment(writer)
    versions = [await version(writer) for _ in range(3)]
    placed = [await place(writer, versions[0])]
    seen = list[str | None]()
    is_over = False

    async def watch() -> None:
        while not is_over:
            seen.append(await primary(client))

    async def replace() -> None:
        nonlocal is_over
        for _ in range(ROUNDS):
            placed.append(await place(writer, versions[1]))
            placed.append(await place(writer, versions[2], isRollingOut=True))
            await activate(writer, placed[-1])
            placed.append(await roll_back(writer))
            placed.append(await place(writer, versions[0], replaceAll=True))
            placed.append(await place(writer, versions[1], isRollingOut=True))
            await activate(writer, placed[-1])
        is_over = True

    await asyncio.gather(replace(), *(watch() for _ in range(2)))
    assert None not in seen
    orders = [placed.index(id) for id in seen if id is not None]
    assert len(set(orders)) > ROUNDS
    assert await primary(client) == placed[-1]


async def test_there_is_none_after_it_was_stopped_or_left_its_place_to_a_canary(client: Client, writer: Writer) -> None:
    await environment(writer)
    version_id = await version(writer)
    assert (await client.data(PRIMARY))["endpoint"] is None
    first = await place(writer, version_id)
    await stop(writer, first, "STOPPED")
    assert await primary(client) is None
    second = await place(writer, version_id)
    assert await primary(client) == second
    await place(writer, version_id, role="CANARY", trafficPercent=100, replaces=[{"id": second}])
    assert await primary(client) is None
