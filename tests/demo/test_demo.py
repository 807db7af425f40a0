"""The demo's company: it fits the registry, and loading it twice changes nothing."""

from collections import Counter
from dataclasses import replace

import pytest

from app.database.connection import Connection
from app.database.schema import check
from app.demo.load import DoesNotFit, load
from app.demo.story import lines, text
from app.transfer.importing import Imported, Options, import_lines
from tests.fixtures.snapshot import found, snapshot

RENAME = "MATCH (m:RegisteredModel {name: 'churn'}) SET m.name = 'attrition', m.riskTier = 'high'"
DECIDED = """MATCH (d:PromotionDecision)-[:FOR]->(v:ModelVersion)<-[:HAS_VERSION]-(m:RegisteredModel)
OPTIONAL MATCH (e:Deployment {id: d.deploymentId, status: 'ACTIVE'})-[:AT]->(place:Endpoint)
WITH d, v, m, place ORDER BY d.createdAt
RETURN collect([m.name, v.number, d.isAllowed, place.location]) AS found"""
UNMARK = "MATCH (r:ExternalReference {system: 'pedigree', externalId: 'demo'}) DELETE r"


@pytest.fixture
def patient(connection: Connection) -> Connection:
    return replace(connection, read_timeout=60, write_timeout=60)


# One test, so that the demo is loaded once.
async def test_it_is_loaded_once_breaks_no_rule_of_the_model_and_leaves_what_people_change(patient: Connection) -> None:
    let_in, not_let_in = ["credit/default-risk", 7, True, "us-east"], ["llm/support-assistant", 5, False, None]
    first = await load(patient)
    assert (first.stubs, first.problems) == (1, ())
    assert await check(patient.driver) == []
    assert await found(patient, DECIDED) == [let_in, not_let_in]
    await patient.driver.execute_query(RENAME)
    before = await snapshot(patient)
    assert await load(patient) == Imported()
    assert await snapshot(patient) == before


async def test_a_load_that_was_interrupted_is_completed(patient: Connection) -> None:
    story = text().splitlines(keepends=True)
    await import_lines(patient, story[: len(story) // 2], Options(actor="mei", allow_stubs=True))
    assert (await load(patient)).entities > 0
    assert (await load(patient)) == Imported()
    assert await check(patient.driver) == []


async def test_a_registry_that_contradicts_it_is_left_alone_and_says_why(patient: Connection) -> None:
    await load(patient)
    await patient.driver.execute_query("MATCH (m:RegisteredModel {name: 'churn'}) SET m.kind = 'RULES'")
    await patient.driver.execute_query(UNMARK)
    before = await snapshot(patient)
    with pytest.raises(DoesNotFit, match="--data-dir"):
        await load(patient)
    assert await snapshot(patient) == before


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
    lives = {line.get("status") for line in lines() if line["type"] == "Deployment"}
    assert lives >= {"ACTIVE", "SUPERSEDED", "ROLLED_BACK", "ROLLING_OUT"}


def test_it_is_the_same_every_time() -> None:
    assert list(lines()) == list(lines())
