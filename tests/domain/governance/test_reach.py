"""What recalls reach, on random graphs, cycles and all: as a plain search in Python finds it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from app.database.connection import Connection
from app.domain.governance.reach import affected
from app.domain.governance.standing import statuses
from app.domain.lineage.scope import Scope
from app.domain.permission.sight import WHOLE, Sight
from tests.api.lineage.drawing import Drawing, Edge, Node, day
from tests.api.lineage.test_walks_at_random import random_drawing
from tests.fixtures.emptying import emptied

SEEDS = 4
GRAPHS = 12
RECALLABLE = ("ModelVersion", "DatasetVersion", "Application", "UnknownAsset", "Run")
OPEN: dict[str, Any] = {"open": True}


@dataclass(frozen=True)
class Fact:
    """A recall, or a mitigation of one, from day `begin` up to day `end`."""

    id: str
    begin: int
    end: int | None
    recall: str = ""
    targets: tuple[str, ...] = ()
    on: str | None = None
    edge: str | None = None
    expires: int | None = None

    def stands(self, at: int | None) -> bool:
        if at is None:
            return self.end is None and self.expires is None  # every day of a drawing is in the past
        return self.begin <= at and all(end is None or end > at for end in (self.end, self.expires))

    @property
    def node(self) -> Node:
        interval: dict[str, Any] = {
            "validFrom": day(self.begin),
            **(OPEN if self.end is None else {"validTo": day(self.end)}),
        }
        if not self.recall:
            return Node(self.id, "Recall", {**interval, "reason": "r", "severity": "LOW"})
        expires = {} if self.expires is None else {"expiresAt": day(self.expires)}
        place = {"onId": self.on} if self.on else {"edgeId": self.edge, "edgeIds": [self.edge]}
        return Node(self.id, "Mitigation", {**interval, **expires, **place, "recallId": self.recall, "reason": "r"})

    def edges(self) -> Iterator[Edge]:
        if self.recall:
            yield Edge(f"{self.id}-m", self.id, self.recall, "MITIGATES")
        yield from (Edge(f"{self.id}-{target}", self.id, target, "RECALLS") for target in self.targets)


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_what_is_recalled_is_what_a_plain_search_finds(connection: Connection, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(GRAPHS):
        drawing = random_drawing(chance)
        facts = list(random_facts(chance, drawing))
        hidden = {each.id for each in drawing.nodes if chance.random() < 0.15}
        scoped = [
            Node(n.id, n.label, {**n.properties, **({"scope": "private"} if n.id in hidden else {})})
            for n in drawing.nodes
        ]
        told = Drawing(
            (*scoped, *(each.node for each in facts)), (*drawing.edges, *(e for f in facts for e in f.edges()))
        )
        await emptied(connection.driver)
        await told.write(connection.driver)
        ids = [node.id for node in drawing.nodes]
        for at in (None, 2, 5):
            for sight in (WHOLE, Sight(("private",))):
                scope = Scope(as_of=day(at) if at is not None else None, sight=sight)
                starts = [id for id in ids if sight is WHOLE or id not in hidden]
                found = await statuses(connection, starts, scope)
                unseen = hidden if sight is not WHOLE else set[str]()
                assert {id: spoken(found[id]) for id in starts} == {
                    id: expected(drawing, facts, id, at, unseen) for id in starts
                }
        whole = {id for id in ids if expected(drawing, facts, id, None, set())[0]}
        assert await affected(connection) & set(ids) == whole


def random_facts(chance: random.Random, drawing: Drawing) -> Iterator[Fact]:
    recallable = [node.id for node in drawing.nodes if node.label in RECALLABLE]
    for number in range(chance.randint(0, 3)):
        recall = Fact(
            f"r{number}", *random_days(chance), targets=tuple(chance.sample(recallable, min(2, len(recallable))))
        )
        yield recall
        for other in range(chance.randint(0, 2)):
            places = [node.id for node in drawing.nodes if node.id not in recall.targets]
            on = chance.choice([None, *places])
            edge = chance.choice(drawing.edges).id if on is None and drawing.edges else None
            if on or edge:
                expires = chance.choice([None, None, 3])
                yield Fact(f"m{number}{other}", *random_days(chance), recall.id, on=on, edge=edge, expires=expires)


def random_days(chance: random.Random) -> tuple[int, int | None]:
    begin = chance.randint(0, 4)
    return begin, chance.choice([None, None, begin + chance.randint(1, 4)])


def spoken(status: dict[str, Any]) -> tuple[Any, ...]:
    """An answer without its paths, which are checked on the way."""
    reaches = set()
    for each in status["reaches"]:
        ids = [node["id"] for node in each["path"]["nodes"]]
        assert (ids[-1], len(ids)) == (each["target"]["id"], each["path"]["length"] + 1)
        for source, edge, target in zip(ids, each["path"]["edges"], ids[1:], strict=False):
            assert (edge["sourceId"], edge["targetId"]) == (source, target)
        reaches.add((each["recall"]["id"], each["target"]["id"], each["isMitigated"]))
    order = [each["isMitigated"] for each in status["reaches"]]
    assert order == sorted(order)
    return status["isRecalled"], reaches, status["andHidden"]


def expected(drawing: Drawing, facts: list[Fact], start: str, at: int | None, hidden: set[str]) -> tuple[Any, ...]:
    whole = reaches(drawing, facts, start, at, set())
    seen = reaches(drawing, facts, start, at, hidden)
    told = {
        (recall, target, stopped) for recall, target, stopped in whole if any(k[:2] == (recall, target) for k in seen)
    }
    return any(not stopped for *_, stopped in whole), told, seen != whole


def reaches(
    drawing: Drawing, facts: list[Fact], start: str, at: int | None, hidden: set[str]
) -> set[tuple[str, str, bool]]:
    """The standing recalls that reach a start: from which target, and whether every way is stopped."""
    found = set()
    for recall in facts:
        if recall.recall or not recall.stands(at):
            continue
        stops = [each for each in facts if each.recall == recall.id and each.stands(at)]
        nodes, edges = {each.on for each in stops}, {each.edge for each in stops}
        anyhow = upward(drawing, start, at, hidden, set(), set())
        freely = upward(drawing, start, at, hidden, nodes, edges)
        found |= {(recall.id, target, target not in freely) for target in recall.targets if target in anyhow}
    return found


def upward(
    drawing: Drawing, start: str, at: int | None, hidden: set[str], nodes: set[str | None], edges: set[str | None]
) -> set[str]:
    seen, waiting = {start} - hidden, [start]
    while waiting:
        here = waiting.pop()
        for edge in drawing.edges:
            is_open = here == edge.source and here not in nodes and edge.id not in edges and lasts(edge, at)
            if is_open and edge.target not in seen | hidden:
                seen.add(edge.target)
                waiting.append(edge.target)
    return seen


def lasts(edge: Edge, at: int | None) -> bool:
    return edge.end is None if at is None else edge.begin <= at and (edge.end is None or edge.end > at)
