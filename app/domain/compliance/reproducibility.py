"""What it takes to make a version anew, and whether that was recorded: the commit, a work tree without changes, pinned
data, parameters, what it ran on, and where its random numbers began.

Pure. One line for each need of each run that made the version, each with the node that has it or lacks it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.compliance.report import Evidence
from app.domain.governance.ancestry import Ancestry, Node, type_of
from app.domain.vocabulary import EvidenceState, ReproductionNeed

CHANGED = "The work tree had changes beside the commit."
UNSAID = "Nobody said whether the work tree had changes beside the commit."
NO_RUN = "The run that made it was not recorded."
RUNTIME = ("runtimeLockDigest", "runtimeImageDigest")


@dataclass(frozen=True)
class Parameters:
    """How many parameters something has, and the names of those that are seeds."""

    count: int = 0
    seeds: Sequence[str] = ()


@dataclass(frozen=True)
class Making:
    """How a version was made: its ancestry, the properties of its runs by their ids, and what parameters there are."""

    ancestry: Ancestry
    runs: Mapping[str, Node] = field(default_factory=dict)
    parameters: Mapping[str, Parameters] = field(default_factory=dict)

    @property
    def version(self) -> str:
        id: str = self.ancestry.start["id"]
        return id

    def parameters_of(self, *ids: str) -> list[Parameters]:
        return [self.parameters.get(id, Parameters()) for id in ids]


def runs_of(ancestry: Ancestry) -> list[str]:
    """The ids of the runs that made a version."""
    leaving = ancestry.leaving.get(ancestry.start["id"], ())
    return list(dict.fromkeys(edge["targetId"] for edge in leaving if edge["kind"] == "GENERATED_BY"))


def reproducibility(making: Making) -> list[Evidence]:
    """What was recorded of how a version was made, and what was not."""
    runs = runs_of(making.ancestry)
    if not runs:
        return [missing(need, making.version, NO_RUN) for need in ReproductionNeed]
    return [evidence for run in runs for evidence in of_run(making, run)]


def of_run(making: Making, run: str) -> Iterator[Evidence]:
    said = making.runs.get(run, {})
    yield from commits(making, run)
    yield clean(said, run)
    yield from data(making, run)
    yield parameters(making, run)
    yield runtime(said, run)
    yield seed(making, said, run)


def commits(making: Making, run: str) -> Iterator[Evidence]:
    found = used(making, run, "Commit")
    yield from (present(ReproductionNeed.COMMIT, node["id"], node["sha"]) for node in found)
    if not found:
        yield missing(ReproductionNeed.COMMIT, run)


def clean(said: Mapping[str, Any], run: str) -> Evidence:
    is_clean = said.get("isCommitClean")
    if is_clean:
        return present(ReproductionNeed.CLEAN_WORK_TREE, run)
    return missing(ReproductionNeed.CLEAN_WORK_TREE, run, UNSAID if is_clean is None else CHANGED)


def data(making: Making, run: str) -> Iterator[Evidence]:
    found = used(making, run, "DatasetVersion")
    for node in found:
        pin = node["digest"] or node["snapshotRevision"]
        need = ReproductionNeed.PINNED_DATA
        yield present(need, node["id"], pin) if pin else missing(need, node["id"])
    if not found:
        yield missing(ReproductionNeed.PINNED_DATA, run)


def parameters(making: Making, run: str) -> Evidence:
    count = sum(each.count for each in making.parameters_of(making.version, run))
    need = ReproductionNeed.PARAMETERS
    return present(need, run, str(count)) if count else missing(need, run)


def runtime(said: Mapping[str, Any], run: str) -> Evidence:
    digest = next((said[name] for name in RUNTIME if said.get(name)), None)
    need = ReproductionNeed.RUNTIME
    return present(need, run, digest) if digest else missing(need, run)


def seed(making: Making, said: Mapping[str, Any], run: str) -> Evidence:
    need, own = ReproductionNeed.SEED, said.get("runtimeSeed")
    if own is not None:
        return present(need, run, str(own))
    named = [name for each in making.parameters_of(making.version, run) for name in each.seeds]
    return present(need, run, named[0]) if named else missing(need, run)


def used(making: Making, run: str, type_: str) -> list[Node]:
    """The nodes of a type that a run used, each once."""
    edges = making.ancestry.leaving.get(run, ())
    ids = dict.fromkeys(edge["targetId"] for edge in edges if edge["kind"] == "USED")
    return [node for id in ids if type_of(node := making.ancestry.by_id[id]) == type_]


def present(need: ReproductionNeed, node_id: str, detail: str | None = None) -> Evidence:
    return Evidence(need, EvidenceState.PRESENT, node_id, detail)


def missing(need: ReproductionNeed, node_id: str, detail: str | None = None) -> Evidence:
    return Evidence(need, EvidenceState.MISSING, node_id, detail)
