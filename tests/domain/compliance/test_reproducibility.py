"""What it takes to make a version anew, from an ancestry that was put together by hand."""

from typing import Any

import pytest

from app.domain.compliance.reproducibility import CHANGED, NO_RUN, UNSAID, Making, Parameters, reproducibility
from app.domain.governance.ancestry import Ancestry

SHA = "abcdef1"
NAMES = ("digest", "snapshotRevision", "sha", "isStub")


def node(id: str, label: str, **said: Any) -> dict[str, Any]:
    return {"id": id, "labels": [label, "Entity"], "depth": 1, **dict.fromkeys(NAMES), **said}


def edge(kind: str, source: str, target: str) -> dict[str, Any]:
    return {"id": f"{source}-{target}", "kind": kind, "sourceId": source, "targetId": target, "role": None}


def making(run: dict[str, Any], parameters: dict[str, Parameters], *data: dict[str, Any]) -> Making:
    commit = node("commit", "Commit", sha=SHA)
    nodes = [node("run", "Run"), commit, *data]
    edges = [edge("GENERATED_BY", "version", "run"), *(edge("USED", "run", each["id"]) for each in nodes[1:])]
    return Making(Ancestry(node("version", "ModelVersion"), nodes, edges), {"run": run}, parameters)


def told(found: Making) -> list[tuple[str, str, str, str | None]]:
    return [(each.need, each.state, each.node_id, each.detail) for each in reproducibility(found)]


def test_everything_is_there() -> None:
    run = {"isCommitClean": True, "runtimeLockDigest": "sha256:1", "runtimeSeed": 7}
    data = node("pinned", "DatasetVersion", digest="sha256:2")
    assert told(making(run, {"version": Parameters(2)}, data)) == [
        ("COMMIT", "PRESENT", "commit", SHA),
        ("CLEAN_WORK_TREE", "PRESENT", "run", None),
        ("PINNED_DATA", "PRESENT", "pinned", "sha256:2"),
        ("PARAMETERS", "PRESENT", "run", "2"),
        ("RUNTIME", "PRESENT", "run", "sha256:1"),
        ("SEED", "PRESENT", "run", "7"),
    ]


def test_what_is_missing_is_told_with_what_lacks_it() -> None:
    loose, revised = node("loose", "DatasetVersion"), node("revised", "DatasetVersion", snapshotRevision="r1")
    assert told(making({"isCommitClean": False}, {}, loose, revised))[1:] == [
        ("CLEAN_WORK_TREE", "MISSING", "run", CHANGED),
        ("PINNED_DATA", "MISSING", "loose", None),
        ("PINNED_DATA", "PRESENT", "revised", "r1"),
        ("PARAMETERS", "MISSING", "run", None),
        ("RUNTIME", "MISSING", "run", None),
        ("SEED", "MISSING", "run", None),
    ]


@pytest.mark.parametrize("of", ["run", "version"])
def test_a_seed_may_be_a_parameter(of: str) -> None:
    found = told(making({}, {of: Parameters(1, ("train.seed",))}))
    assert found[-1] == ("SEED", "PRESENT", "run", "train.seed")
    assert found[1] == ("CLEAN_WORK_TREE", "MISSING", "run", UNSAID)


def test_a_version_without_a_run_lacks_all() -> None:
    found = told(Making(Ancestry(node("version", "ModelVersion"), [], [])))
    assert {(state, id, detail) for _, state, id, detail in found} == {("MISSING", "version", NO_RUN)}
    assert len(found) == 6
