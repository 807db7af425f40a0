"""So many run, so many wait, and nobody waits for long."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from app.web.admission import Admission
from app.web.refusals import Refused


async def test_a_place_that_gets_free_goes_to_who_waits() -> None:
    admission = Admission(running=1, waiting=1, patience=60)
    async with AsyncExitStack() as first:
        await first.enter_async_context(admission.place())
        second = asyncio.create_task(AsyncExitStack().enter_async_context(admission.place()))
        await asyncio.sleep(0)
        assert (admission.waiting, second.done()) == (1, False)
        await first.aclose()
        await second
        assert admission.waiting == 0


async def test_whoever_finds_the_queue_full_is_refused_at_once() -> None:
    admission = Admission(running=1, waiting=0, patience=60)
    async with admission.place():
        with pytest.raises(Refused) as refusal:
            await admission.place().__aenter__()
    assert (refusal.value.status, refusal.value.error.code) == (503, "RATE_LIMITED")
    assert refusal.value.headers == {"Retry-After": "1"}
    async with admission.place():
        pass


async def test_whoever_waits_for_too_long_is_refused() -> None:
    admission = Admission(running=1, waiting=1, patience=0.01)
    async with admission.place():
        with pytest.raises(Refused):
            await admission.place().__aenter__()
        assert admission.waiting == 0


async def test_whoever_stops_waiting_leaves_the_queue() -> None:
    admission = Admission(running=1, waiting=1, patience=60)
    async with admission.place():
        waits = asyncio.create_task(admission.place().__aenter__())
        await asyncio.sleep(0)
        waits.cancel()
        await asyncio.gather(waits, return_exceptions=True)
        assert admission.waiting == 0
    assert not admission.places.locked()
