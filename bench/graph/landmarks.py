"""Parts that are the same in a registry of any size, so that the same answer can be measured in a larger one.

Nothing outside leads out of the deep part or into the wide one: walks up from the one and down from the other see the
landmark alone. The data of the deep part is used by everybody, though, and the more the larger the registry is.
"""

from random import Random

from bench.graph.data import Snapshot, snapshot_line
from bench.graph.sizes import Deep, Sizes, Wide
from bench.graph.training import Parent, Training, deployment, evaluation
from bench.graph.words import DAYS, Lines, edge, entity, snapshot_of

DEEP, WIDE, CATALOG = "landmark/deep", "landmark/wide", "landmark/catalog"
DEEP_DATA, WIDE_DATA = "landmark/deep-data", "landmark/wide-data"
REPOSITORY = "https://github.com/example/landmark"
SOURCE = (WIDE_DATA, "all")


def lines(sizes: Sizes) -> Lines:
    """The lines of all landmarks."""
    random = Random(f"landmarks {sizes.seed}")
    for name in (DEEP, WIDE, CATALOG):
        yield entity("RegisteredModel", 0, name=name, task="classification")
    for name in (DEEP_DATA, WIDE_DATA):
        yield entity("Dataset", 0, name=name, kind="table")
    yield from deep(sizes.deep, random)
    yield from wide(sizes.wide, random)
    for number in range(1, sizes.catalog + 1):
        yield from Training(CATALOG, number, 1 + DAYS * number / sizes.catalog).lines(random)


def deep_snapshots(deep: Deep) -> list[Snapshot]:
    return [(DEEP_DATA, f"v{number}") for number in range(1, deep.snapshots + 1)]


def deep_last(deep: Deep) -> int:
    """The number of the version whose ancestry is the whole part."""
    return deep.levels * deep.width + 1


def deep(size: Deep, random: Random) -> Lines:
    """Levels of versions, each merged from two of the level below, so that the last one came from all of them."""
    snapshots = deep_snapshots(size)
    for place, snapshot in enumerate(snapshots):
        yield snapshot_line(snapshot, 1 + place / len(snapshots), random)
    commits = [{"repository": REPOSITORY, "sha": f"{number:040x}"} for number in range(1, size.commits + 1)]
    for commit in commits:
        yield entity("Commit", 1, message="Deeper", **commit)
    last = deep_last(size)
    for number in range(1, last + 1):
        place = number - 1
        parents = deep_parents(size, place)
        data = [snapshots[(2 * place + step) % len(snapshots)] for step in range(2)]
        code = commits[place % len(commits)]
        yield from Training(DEEP, number, 10 + place, data, parents, code).lines(random)
    yield evaluation(Training(DEEP, last, 0), snapshots[0], 10 + last, random)


def deep_parents(size: Deep, place: int) -> list[Parent]:
    level, column = divmod(place, size.width)
    if level == 0:
        return []
    below = (level - 1) * size.width
    columns = range(size.width) if level == size.levels else (column, (column + 1) % size.width)
    return [("MERGE", DEEP, below + column + 1) for column in columns]


def wide(size: Wide, random: Random) -> Lines:
    """Parts of one snapshot, versions that learned from them or from each other, and what stands on these."""
    yield snapshot_line(SOURCE, 1, random)
    parts = [(WIDE_DATA, f"part-{number}") for number in range(1, size.parts + 1)]
    for part in parts:
        yield snapshot_line(part, 2, random)
        yield edge("DERIVED_FROM", snapshot_of(*part), snapshot_of(*SOURCE), kind="SPLIT")
    versions = []
    for number in range(1, size.versions + 1):
        parents: list[Parent] = [("RETRAIN", WIDE, number - 1)] if number % 8 > 1 else []
        at = 3 + (DAYS - 6) * number / size.versions
        versions.append(Training(WIDE, number, at, [parts[number % len(parts)]], parents))
        yield from versions[-1].lines(random)
    for place in range(size.evaluations):
        training = versions[place % len(versions)]
        yield evaluation(training, SOURCE, training.at + 0.5, random, place)
    for place in range(size.deployments):
        training = versions[place]
        yield deployment(training, "staging", training.at + 1, training.at + 2)
    for place in range(size.applications):
        yield entity("Application", DAYS, name=f"landmark-{place:03}", purpose="Stands on the wide part.")
        yield edge("DEPENDS_ON", {"application": f"landmark-{place:03}"}, versions[-1 - place].reference, kind="score")
