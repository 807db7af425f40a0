"""The graph of foundation models, datasets and applications, as lines of the import format.

A model becomes a RegisteredModel with version 1, a dataset a Dataset with version "1", an application an Application.
What is only named by others becomes an UnknownAsset. What an application needs it depends on; models and datasets are
derived from what they need.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"
Line = dict[str, Any]
FACTS = ("organization", "size", "modality", "access", "source_file")


def load(name: str) -> Any:
    """A file of the real data. Without it a test is skipped, except where the continuous integration runs."""
    file = DATA / name
    if not file.exists():
        reason = f"{file} is not there: the real graph is no part of this repository"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return orjson.loads(file.read_bytes())


class Ecosystem:
    """The real graph, its nodes by name."""

    def __init__(self, graph: dict[str, Any]) -> None:
        self.nodes: dict[str, Line] = {node["name"]: node for node in graph["nodes"]}

    def text(self) -> list[bytes]:
        """The lines of the import format."""
        return [orjson.dumps(line) for node in self.nodes.values() for line in self.lines(node)]

    def lines(self, node: Line) -> Iterator[Line]:
        yield from entities(node)
        for name in node["dependencies"]:
            yield {**edge(node), "from": self.reference(node["name"]), "to": self.reference(name)}

    def reference(self, name: str) -> Line:
        """How a line refers to a node."""
        match self.nodes[name]["type"]:
            case "model":
                return {"model": name, "number": 1}
            case "dataset":
                return {"dataset": name, "version": "1"}
            case "application":
                return {"application": name}
        return {"asset": name}

    def names(self, *types: str) -> set[str]:
        return {name for name, node in self.nodes.items() if node["type"] in types}


def edge(node: Line) -> Line:
    if node["type"] == "application":
        return {"type": "DEPENDS_ON", "kind": "component"}
    return {"type": "DERIVED_FROM", "kind": "OTHER"}


def entities(node: Line) -> Iterator[Line]:
    own = said(node)
    match node["type"]:
        case "model":
            yield {"type": "RegisteredModel", "name": node["name"]}
            yield {"type": "ModelVersion", "model": node["name"], "number": 1, **own}
        case "dataset":
            yield {"type": "Dataset", "name": node["name"]}
            yield {"type": "DatasetVersion", "dataset": node["name"], "version": "1", **own}
        case "application":
            yield {"type": "Application", "name": node["name"], **own}
        case _:
            yield {"type": "UnknownAsset", "name": node["name"]}


def said(node: Line) -> Line:
    """The facts of a record, as far as they are known."""
    facts = {name: node[name] for name in FACTS if node[name] is not None}
    dates = {"createdAt": instant(node["created_date"])} if node["created_date"] else {}
    license = {"license": node["license"]} if node["license"] else {}
    links = {"links": [{"kind": "homepage", "url": node["url"]}]} if node["url"] else {}
    return {**dates, **license, **links, "metadata": facts}


def instant(date: str) -> str:
    """The beginning of a day; of the year, where the day is not known."""
    return f"{date if len(date) == 10 else f'{date[:4]}-01-01'}T00:00:00Z"
