"""Which gear answers: every tree of relations starts in first, and the ones that come again are composed.

Neo4j needs 0.1 to 1 s to plan a composed text that it has never seen. So nobody waits for that: a tree that was asked
for a few times is planned in the background, one at a time, and switches when its plan is there. How many trees are
known, wait and are composed is bounded, in all and for each principal, so that nobody can spend the database's time on
trees of their own making.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from app.database.connection import Connection
from app.errors import PedigreeError
from app.planner.composition import LONGEST_TEXT, MOST_BRANCHES, Branch, Composition
from app.planner.recollection import Recollection
from app.telemetry.codes import OK
from app.telemetry.metrics import COMPOSITIONS

LOG = structlog.get_logger("pedigree.planner")

AFTER = 3  # times
KNOWN = 1_000  # trees
WAITING = 16
COMPOSED = 300
COMPOSED_FOR_ONE = 60  # of one principal
FAILURES = 3  # of a composed statement, after which its tree stays in first gear


@dataclass(eq=False)
class Tree:
    """What is known of a tree of relations. It has a text from when it waits for its plan."""

    principal: str
    times: int = 0
    failures: int = 0
    text: str | None = None
    is_planned: bool = False


@dataclass
class Gearbox:
    """The trees seen last. `after` is how often one is seen before it is composed: 0 composes at once, None never.

    `expected` are the texts that the database has planned already, without anybody having asked.
    """

    after: int | None = AFTER
    trees: dict[str, Tree] = field(default_factory=dict)
    waiting: deque[tuple[Connection, Tree]] = field(default_factory=deque)
    expected: set[str] = field(default_factory=set)
    recollection: Recollection | None = None
    worker: asyncio.Task[None] | None = None

    def engage(self, connection: Connection, composition: Composition, principal: str) -> str | None:
        """The text in second gear, None as long as first gear has to do."""
        if self.after is None or not 1 < count(composition.root) <= MOST_BRANCHES:
            return None
        tree = self.met(composition.sign, principal)
        if tree.text is None and (tree.times > self.after or self.expected) and tree.failures < FAILURES:
            self.compose(connection, composition, tree)
        return tree.text if tree.is_planned else None

    def met(self, sign: str, principal: str) -> Tree:
        """The tree of this sign, seen once more. It becomes the youngest; the oldest is forgotten."""
        tree = self.trees.pop(sign, None) or Tree(principal)
        if len(self.trees) >= KNOWN:
            del self.trees[next(iter(self.trees))]
        self.trees[sign] = tree
        tree.times += 1
        return tree

    def compose(self, connection: Connection, composition: Composition, tree: Tree) -> None:
        """Give the tree its text, and let it be planned if there is room."""
        text = composition.text
        if text in self.expected or self.after == 0:
            tree.text, tree.is_planned = text, True
        elif self.after is not None and tree.times > self.after and len(text) <= LONGEST_TEXT and self.has_room(tree):
            tree.text = text
            self.waiting.append((connection, tree))
            if self.worker is None or self.worker.done():
                self.worker = asyncio.create_task(self.plan())

    def has_room(self, tree: Tree) -> bool:
        """Whether one more may be composed. The oldest of those that are too many make place."""
        if len(self.waiting) >= WAITING:
            return False
        composed = [each for each in self.trees.values() if each.text is not None]
        own = [each for each in composed if each.principal == tree.principal]
        for crowd, most in ((own, COMPOSED_FOR_ONE), (composed, COMPOSED)):
            for old in crowd[: len(crowd) - most + 1]:
                old.text, old.is_planned, old.times = None, False, 0
        return True

    async def plan(self) -> None:
        """Have what waits planned by the database, one after the other."""
        while self.waiting:
            connection, tree = self.waiting.popleft()
            if tree.text is None:
                continue
            try:
                await connection.plan(tree.text)
                COMPOSITIONS.labels(OK).inc()
                tree.is_planned = True
                if self.recollection is not None:
                    self.recollection.write(self.composed)
            except PedigreeError as error:
                COMPOSITIONS.labels(error.code).inc()
                LOG.info("a tree stays in first gear", reason=error.message)
                tree.failures += 1
                tree.text = None

    def failed(self, composition: Composition) -> None:
        """A composed statement failed where single ones may not. A tree that does so again and again is given up."""
        tree = self.trees.get(composition.sign)
        if tree is not None:
            tree.failures += 1
            if tree.failures >= FAILURES:
                tree.text, tree.is_planned = None, False

    async def recall(self, connection: Connection) -> None:
        """Have the statements of the last run planned. Stops when the database goes away."""
        for text in self.recollection.read() if self.recollection else ():
            try:
                await connection.plan(text)
            except PedigreeError:
                break
            self.expected.add(text)

    @property
    def composed(self) -> Sequence[str]:
        """The texts that run in second gear, the one used last at the end."""
        return [each.text for each in self.trees.values() if each.text is not None and each.is_planned]

    @property
    def figures(self) -> Counter[str]:
        """How many trees are known, wait and are composed."""
        return Counter(known=len(self.trees), waiting=len(self.waiting), composed=len(self.composed))

    async def stop(self) -> None:
        """Plan no more."""
        self.waiting.clear()
        if self.worker is not None:
            self.worker.cancel()
            await asyncio.gather(self.worker, return_exceptions=True)


def count(root: Branch) -> int:
    return len(root.whole)
