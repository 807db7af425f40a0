"""The demo's company: it fits the registry, and loading it twice changes nothing."""

from collections import Counter
from dataclasses import replace

from app.database.connection import Connection
from app.database.schema import check
from app.demo.load import load
from app.demo.story import lines
from app.transfer.importing import Imported


async def test_it_is_loaded_once_and_breaks_no_rule_of_the_model(connection: Connection) -> None:
    patient = replace(connection, read_timeout=60, write_timeout=60)
    first = await load(patient)
    assert (first.stubs, first.problems) == (1, ())
    again = await load(patient)
    assert again == Imported(entities=0, edges=0, unchanged=len(list(lines())), stubs=0, problems=())
    assert await check(connection.driver) == []


def test_it_is_a_company_of_believable_size() -> None:
    kinds = Counter(line["type"] for line in lines())
    assert kinds["RegisteredModel"] == 16
    assert kinds["ModelVersion"] == 60
    assert kinds["Dataset"] == 13
    assert kinds["User"] == 12
    assert kinds["Application"] == 5
    assert kinds["Environment"] == 3
    ways = Counter(line["kind"] for line in lines() if line["type"] == "DERIVED_FROM")
    assert ways.keys() >= {"FINE_TUNE", "ADAPTER", "MERGE", "QUANTIZATION", "DISTILLATION", "RETRAIN"}


def test_it_is_the_same_every_time() -> None:
    assert list(lines()) == list(lines())
