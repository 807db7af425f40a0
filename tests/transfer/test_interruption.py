"""An import is killed, and what it runs on, in the middle: run again, it loses nothing and doubles nothing."""

import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
from pydantic import SecretStr

from app.settings import Settings
from tests.fixtures.pedigree_process import served, spawn, wait_until_unclaimed
from tests.transfer.promoted import FRIDAY, decision, placed, without
from tests.transfer.transferred import Line, derived, model, ref, run, run_ref, text, version

VERSIONS = 600
PROMOTED = range(1, VERSIONS + 1, 3)
PATIENCE = 120.0
WRITTEN = "MATCH (n:ModelVersion) RETURN count(n) AS found"
DECIDED = "MATCH (n:PromotionDecision) RETURN count(n) AS found"
UNDECIDED = """MATCH (d:Deployment)
OPTIONAL MATCH (p:PromotionDecision {id: d.decisionId, deploymentId: d.id})
WITH d, p WHERE p.createdById IS NULL
RETURN count(d) AS found"""


def lines() -> Iterator[Line]:
    """A model whose versions come from each other and from runs: more than a few transactions."""
    yield {"type": "User", "name": "local"}
    yield model()
    for number in range(1, VERSIONS + 1):
        yield version(number, tags={"stage": "old"}, parameters={"x": number, "y": "z"})
        yield run(str(number), metrics=[{"name": "loss", "values": [1.0, 0.5]}])
        yield {"type": "GENERATED_BY", "from": {"model": "churn", "number": number}, "to": run_ref(str(number))}
        if number > 1:
            yield derived(number, number // 2)
    yield {"type": "Environment", "name": "production", "position": 1}
    yield {"type": "Endpoint", "environment": "production", "name": "api"}
    for number in PROMOTED:
        yield from promoted(number)


def promoted(number: int) -> Iterator[Line]:
    """A version that was let in and is there no longer. Nothing of that has an id."""
    is_over = {"validTo": FRIDAY, **named(f"d{number}")}
    yield {**without(placed(number=number), "id"), **is_over, "decision": elsewhere(f"p{number}")}
    yield {**without(decision(number=number), "id"), **named(f"p{number}"), "createdBy": "local"}
    yield {"type": "SERVES", "from": elsewhere(f"d{number}"), "to": ref(number)}


def named(name: str) -> Line:
    return {"references": [{"system": "ci", "externalId": name}]}


def elsewhere(name: str) -> Line:
    return {"external": {"system": "ci", "externalId": name}}


@pytest.fixture
def fresh(own_settings: Settings, tmp_path: Path) -> Settings:
    return own_settings.model_copy(update={"data_dir": tmp_path / "data", "port": 0})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "registry.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in text(*lines())))
    return path


def reached(settings: Settings) -> Settings:
    """Settings that lead to the Neo4j that a server has started."""
    home = settings.data_dir / "neo4j"
    conf = dict(line.split("=", 1) for line in (home / "conf" / "neo4j.conf").read_text().splitlines())
    password = SecretStr((home / "password").read_text())
    return settings.model_copy(
        update={"neo4j_uri": f"bolt://{conf['server.bolt.listen_address']}", "neo4j_password": password}
    )


@contextmanager
def driver(settings: Settings) -> Iterator[Driver]:
    assert settings.neo4j_uri is not None
    assert settings.neo4j_password is not None
    auth = (settings.neo4j_username, settings.neo4j_password.get_secret_value())
    with GraphDatabase.driver(
        settings.neo4j_uri,
        auth=auth,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        max_transaction_retry_time=PATIENCE,  # a Neo4j that was killed is started again meanwhile
    ) as opened:
        yield opened


def count(graph: Driver, query: str) -> int:
    return int(graph.execute_query(query).records[0]["found"])


@contextmanager
def half_way(settings: Settings, file: Path, written: str = WRITTEN) -> Iterator[subprocess.Popen[str]]:
    """An import that has written something more, and is not done."""
    with driver(settings) as graph:
        before = count(graph, written)
        with spawn(settings, "import", str(file)) as process:
            while count(graph, written) == before and process.poll() is None:
                time.sleep(0.02)
            assert process.poll() is None, process.communicate()
            yield process


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def neo4j_pid(settings: Settings) -> int:
    return int((settings.data_dir / "neo4j" / "neo4j.pid").read_text())


@pytest.mark.long
def test_nothing_is_lost_and_nothing_doubled(fresh: Settings, file: Path) -> None:
    with served(fresh) as server:
        with half_way(reached(fresh), file) as process:
            kill(process.pid)
        with half_way(reached(fresh), file) as process:
            kill(neo4j_pid(fresh))
            process.communicate()  # it may fail, or wait for the Neo4j that is started in the killed one's place
        with half_way(reached(fresh), file) as process:
            kill(server.process.pid)
            process.communicate()
            assert process.returncode == 1
        server.process.wait()
    wait_until_unclaimed(fresh.data_dir)

    with served(fresh), driver(reached(fresh)) as graph:
        with half_way(reached(fresh), file, DECIDED) as process:
            kill(process.pid)
        first, second = (imported(reached(fresh), file) for _ in range(2))
        total = len(list(lines()))
        assert sum(first) == total
        assert second == (0, 0, total)
        assert found(graph) == expected()
        assert count(graph, UNDECIDED) == 0


def imported(settings: Settings, file: Path) -> tuple[int, int, int]:
    """What an import says that ends well: new entities, new edges, and what was there already."""
    with spawn(settings, "import", str(file)) as process:
        output, _ = process.communicate()
    assert process.returncode == 0, output
    said = re.search(r"Imported (\d+) entities, and (\d+) edges; (\d+) were there already\.", output)
    assert said is not None, output
    new, edges, there = map(int, said.groups())
    return new, edges, there


def found(graph: Driver) -> Counter[str]:
    """How many there are of everything, and how often the audit log says that an entity was made."""
    nodes = graph.execute_query("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS count").records
    edges = graph.execute_query("MATCH ()-[r]->() RETURN type(r) AS label, count(*) AS count").records
    counts = Counter({each["label"]: each["count"] for each in (*nodes, *edges)})
    made = 'MATCH (e:AuditEvent) WHERE e.body CONTAINS \'"field":"createdAt"\' RETURN count(e) AS found'
    counts["made"] = count(graph, made)
    sealed = ("AuditLog", "AuditTile", "AuditHead", "SealKey")
    for label in ("AuditEvent", "Entity", "Actor", "Lock", "Migration", *sealed):
        del counts[label]
    return counts


def expected() -> Counter[str]:
    kinds = Counter(line["type"] for line in lines())
    return Counter(
        {
            **kinds,
            "made": sum(kinds[kind] for kind in ("User", "RegisteredModel", "Environment", "Endpoint"))
            + 2 * VERSIONS
            + 2 * len(PROMOTED),
            "IN": 1,
            **dict.fromkeys(("AT", "FOR", "TO"), len(PROMOTED)),
            "HAS_VERSION": VERSIONS,
            "VersionLifecycle": VERSIONS,
            "ExternalReference": VERSIONS + 2 * len(PROMOTED),
            "Tag": VERSIONS,
            "Parameter": 2 * VERSIONS,
            "MetricSeries": VERSIONS,
        }
    )
