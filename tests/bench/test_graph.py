"""The made-up registry: always the same, of the sizes that were asked for, and of the shape that is measured."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest

from app.database.connection import Connection
from app.domain.lineage.scope import MAX_LIMIT
from app.transfer.importing import Options, import_lines
from bench.graph import landmarks
from bench.graph.models import LONGEST_CHAIN, models
from bench.graph.sizes import FIGURES, Deep, Sizes, Wide
from bench.graph.text import fingerprint, text

SMALL = Sizes(
    versions=700,
    snapshots=250,
    evaluations=320,
    deep=Deep(levels=3, width=4, snapshots=10, commits=3),
    wide=Wide(parts=3, versions=20, evaluations=6, deployments=4, applications=2),
    catalog=20,
)
Line = Mapping[str, Any]
Key = tuple[Any, ...]


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [orjson.loads(line) for line in text(SMALL)]


def test_the_same_sizes_give_the_same_text() -> None:
    assert list(text(SMALL)) == list(text(SMALL))
    assert fingerprint(SMALL) == fingerprint(Sizes(**vars(SMALL)))


def test_other_sizes_have_another_fingerprint() -> None:
    assert fingerprint(Sizes.of(0.1)) != fingerprint(Sizes.of(0.2))


def test_there_is_as_much_as_was_asked_for(lines: list[Line]) -> None:
    found = Counter(line["type"] for line in lines)
    assert (found["ModelVersion"], found["Run"]) == (701, 701)
    assert (found["DatasetVersion"], found["Evaluation"]) == (250, 321)
    assert {tuple(m["name"] for m in line["metrics"]) for line in lines if line["type"] == "Evaluation"} == {FIGURES}


def test_the_whole_has_what_the_issue_asks_for() -> None:
    whole = Sizes.of(1)
    assert (whole.versions, whole.snapshots, whole.evaluations * len(FIGURES)) == (100_000, 20_000, 200_000)


def test_data_is_reused_by_a_power_law(lines: list[Line]) -> None:
    uses = Counter(key(line["to"]) for line in lines if line["type"] == "USED" and line["role"] != "code")
    ranked = [count for _, count in uses.most_common()]
    assert ranked[0] > 10 * ranked[len(ranked) // 2]


def test_chains_of_derivation_are_twelve_long_and_no_longer() -> None:
    found = (orjson.loads(line) for line in text(Sizes.of(0.1)))
    derived = [line for line in found if line["type"] == "DERIVED_FROM" and "landmark" not in str(line)]
    sources = {key(edge["from"]): key(edge["to"]) for edge in derived}
    assert max(len(list(chain(start, sources))) for start in sources) == LONGEST_CHAIN


def test_the_deep_landmark_is_reached_from_its_last_version_and_leads_nowhere_else(lines: list[Line]) -> None:
    start = (landmarks.DEEP, landmarks.deep_last(SMALL.deep))
    found = reach(start, [(key(e["from"]), key(e["to"])) for e in edges(lines)])
    assert len(found) == 12 + 13 + 10 + 3  # the versions before it, all runs, the data, the commits


def test_the_wide_landmark_is_all_that_came_from_its_source(lines: list[Line]) -> None:
    implied = [(("evaluation", n), key(e["version"])) for n, e in enumerate(lines) if e["type"] == "Evaluation"]
    served = [(("deployment", n), key(e["version"])) for n, e in enumerate(lines) if e["type"] == "Deployment"]
    measured = [(("evaluation", n), key(e["on"])) for n, e in enumerate(lines) if e["type"] == "Evaluation"]
    pairs = [(key(e["from"]), key(e["to"])) for e in edges(lines)] + implied + served + measured
    found = reach(landmarks.SOURCE, [(later, earlier) for earlier, later in pairs])
    assert len(found) == 3 + 20 + 20 + 6 + 4 + 2


def test_the_landmarks_are_the_same_whatever_the_size() -> None:
    small, large = (set(landmark_lines(Sizes.of(scale))) for scale in (0.05, 0.1))
    assert small == large


def test_the_landmarks_of_the_whole_are_about_a_thousand_and_ten_thousand_nodes() -> None:
    deep, wide = Deep(), Wide()
    assert 900 < 2 * deep.levels * deep.width + deep.snapshots + deep.commits < 1_100
    size = wide.parts + 2 * wide.versions + wide.evaluations + wide.deployments + wide.applications
    assert 9_000 < size <= MAX_LIMIT


def test_few_models_have_many_versions() -> None:
    sizes = sorted((len(model.days) for model in models(Sizes.of(0.1))), reverse=True)
    assert sizes[0] > 20 * sizes[len(sizes) // 2]


async def test_the_import_takes_it_whole(connection: Connection) -> None:
    done = await import_lines(connection, text(SMALL), Options("tester", strict=True))
    assert done.problems == ()
    assert done.edges > 2_000


def landmark_lines(sizes: Sizes) -> Iterator[str]:
    yield from (str(line) for line in landmarks.lines(sizes))


def edges(lines: list[Line]) -> list[Line]:
    lineage = ("USED", "GENERATED_BY", "DERIVED_FROM", "DEPENDS_ON")
    return [line for line in lines if line["type"] in lineage]


def key(reference: Line) -> Key:
    return tuple(reference.values())


def chain(start: Key, sources: Mapping[Key, Key]) -> Iterator[Key]:
    while start in sources:
        start = sources[start]
        yield start


def reach(start: Key, pairs: list[tuple[Key, Key]]) -> set[Key]:
    """Everything that can be reached from the start, without itself."""
    nexts: dict[Key, list[Key]] = defaultdict(list)
    for source, target in pairs:
        nexts[source].append(target)
    found: set[Key] = set()
    waiting = [start]
    while waiting:
        new = [each for each in nexts[waiting.pop()] if each not in found]
        found.update(new)
        waiting.extend(new)
    return found - {start}
