"""Datasets and their snapshots, some of which were made from others."""

from collections.abc import Sequence
from random import Random

from bench.graph.people import TEAMS, actor
from bench.graph.sizes import Sizes
from bench.graph.words import DAYS, Line, Lines, edge, entity, identifier, snapshot_of

Snapshot = tuple[str, str]
LICENSES = ("CC-BY-4.0", "CC0-1.0", "proprietary", "CC-BY-NC-4.0")
KINDS = ("SPLIT", "FILTER", "JOIN", "AUGMENT")
LONGEST_CHAIN = 6


def names(sizes: Sizes) -> list[Snapshot]:
    """The snapshots that belong to no landmark. Each dataset has about ten."""
    return [(dataset_name(n % sizes.datasets), f"v{n // sizes.datasets + 1}") for n in range(sizes.other_snapshots)]


def lines(sizes: Sizes) -> Lines:
    """The lines of datasets, their snapshots and what these were made from."""
    random = Random(f"data {sizes.seed}")
    for place in range(sizes.datasets):
        name = dataset_name(place)
        yield entity("Dataset", place / sizes.datasets, name=name, kind="table", description=f"Table {place}.")
        yield edge("OWNS", actor(TEAMS[place % len(TEAMS)]), {"dataset": name})
    snapshots = names(sizes)
    depths: list[int] = []
    for place, snapshot in enumerate(snapshots):
        yield snapshot_line(snapshot, 1 + DAYS * place / len(snapshots), random)
        source = random.randrange(place) if place and random.random() < 0.3 else None
        if source is not None and depths[source] < LONGEST_CHAIN:
            depths.append(depths[source] + 1)
            yield derived(snapshot, snapshots[source], random)
        else:
            depths.append(0)


def dataset_name(place: int) -> str:
    return f"lake/table-{place:05}"


def snapshot_line(snapshot: Snapshot, at: float, random: Random) -> Line:
    """The line of a snapshot with what is usually known of one."""
    dataset, version = snapshot
    return entity(
        "DatasetVersion",
        at,
        dataset=dataset,
        version=version,
        snapshot={"system": "delta", "uri": f"s3://lake/{dataset}", "revision": identifier(at, dataset, version)},
        license=random.choice(LICENSES),
        classifications=["PII"] if random.random() < 0.2 else [],
        rowCount=random.randrange(1_000, 50_000_000),
    )


def derived(snapshot: Snapshot, source: Snapshot, random: Random) -> Line:
    kind = random.choice(KINDS)
    return edge("DERIVED_FROM", snapshot_of(*snapshot), snapshot_of(*source), kind=kind)


def used(run: str, snapshots: Sequence[Snapshot]) -> Lines:
    """What a run was trained on, and then what it was validated on."""
    for place, snapshot in enumerate(dict.fromkeys(snapshots)):
        yield edge("USED", {"id": run}, snapshot_of(*snapshot), role="validation" if place else "train")
