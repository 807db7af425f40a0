"""The primary of an endpoint."""

from app.domain.writing import Writer
from tests.api.conftest import Client
from tests.domain.registered import environment, version
from tests.domain.test_delivery import place
from tests.domain.test_roll_outs import activate, roll_back, stop

PRIMARY = '{ endpoint(environment: "production", name: "churn-api") { primary { id } } }'


async def primary(client: Client) -> str | None:
    found = (await client.data(PRIMARY))["endpoint"]["primary"]
    return found and str(found["id"])


async def test_it_is_what_was_placed_activated_or_brought_back_last(client: Client, writer: Writer) -> None:
    await environment(writer)
    first, second = [await version(writer) for _ in range(2)]
    placed = await place(writer, first)
    assert await primary(client) == placed
    rolling = await place(writer, second, isRollingOut=True)
    assert await primary(client) == placed
    await activate(writer, rolling)
    assert await primary(client) == rolling
    brought_back = await roll_back(writer)
    assert await primary(client) == brought_back


async def test_there_is_none_after_it_was_stopped_or_left_its_place_to_a_canary(client: Client, writer: Writer) -> None:
    await environment(writer)
    version_id = await version(writer)
    assert (await client.data(PRIMARY))["endpoint"] is None
    for status in ("STOPPED", "FAILED", "ROLLED_BACK"):
        await place(writer, version_id)
        await stop(writer, await place(writer, version_id), status)
        assert await primary(client) is None
    last = await place(writer, version_id)
    assert await primary(client) == last
    await place(writer, version_id, role="CANARY", trafficPercent=100, replaces=[{"id": last}])
    assert await primary(client) is None
