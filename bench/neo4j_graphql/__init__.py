"""@neo4j/graphql on the same Neo4j: its server, and what its answers say in the words of ours."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.database.local import LocalNeo4j
from bench.processes import credentials, server

HERE = Path(__file__).parent
PAGE = 50
Data = Mapping[str, Any]


@contextmanager
def neo4j_graphql(neo4j: LocalNeo4j) -> Iterator[str]:
    """The server on a Neo4j that runs. Gives its URL."""
    with server([HERE / "serve"], r"ready at (http://\S+)", credentials(neo4j)) as url:
        yield url


def lookup(data: Data) -> Any:
    version = dict(data["versionByAlias"])
    artifact = {"uri": version.pop("artifactUri"), "sizeBytes": int(version.pop("artifactSizeBytes"))}
    license = {"spdx": version.pop("licenseSpdx")}
    return {"modelVersion": {**version, "artifact": artifact, "license": license}}


def page(data: Data) -> Any:
    (model,) = data["registeredModels"]
    found = model["versions"]
    info = {"hasNextPage": len(found) > PAGE}
    return {"registeredModel": {"versions": {"nodes": [paged(each) for each in found[:PAGE]], "pageInfo": info}}}


def paged(version: Data) -> Any:
    deployments = [placed(each) for each in version["deployments"]]
    more = {"evaluations": {"nodes": version["evaluations"]}, "deployments": {"nodes": deployments}}
    return {**version, "run": run(version["run"][0]), **more}


def placed(deployment: Data) -> Any:
    own = {name: deployment[name] for name in ("id", "status", "validFrom")}
    return {**own, "environment": deployment["endpoint"][0]["environment"][0]}


def run(found: Data) -> Any:
    """A run with its inputs, data and code, in our order."""
    data = [(edge["properties"]["role"], snapshot(edge["node"])) for edge in found["dataConnection"]["edges"]]
    code = [(edge["properties"]["role"], {"id": edge["node"]["id"]}) for edge in found["codeConnection"]["edges"]]
    inputs = sorted((*data, *code), key=lambda each: (each[0], each[1]["id"]))
    own = {name: found[name] for name in ("id", "status")}
    return {**own, "inputs": [{"role": role, "node": node} for role, node in inputs]}


def snapshot(node: Data) -> Any:
    return {**node, "rowCount": int(node["rowCount"]), "dataset": owned(node["dataset"][0])}


def owned(entity: Data) -> Any:
    return {**entity, "owner": first(entity["owner"])} if "owner" in entity else entity


def first(found: Sequence[Any]) -> Any:
    return found[0] if found else None


def neighborhood(data: Data) -> Any:
    version = data["versionByNumber"]
    found = version["run"][0]
    commits = [edge["node"] for edge in found["codeConnection"]["edges"]]
    commit = [{"sha": each["sha"], "repository": each["repository"][0]} for each in commits]
    parents = sorted(version["parentsConnection"]["edges"], key=lambda edge: str(edge["properties"]["id"]))
    told = {
        **{name: version[name] for name in ("id", "number", "framework", "aliases")},
        "model": owned(version["model"][0]),
        "run": {**run(found), "job": found["job"][0], "commit": first(commit)},
        "parents": [{"kind": edge["properties"]["kind"], "source": modelled(edge["node"])} for edge in parents],
        "children": {"nodes": [modelled(child) for child in version["children"]]},
        "evaluations": {"nodes": [evaluated(each) for each in version["evaluations"]]},
        "deployments": {"nodes": [deployed(each) for each in version["deployments"]]},
    }
    return {"modelVersion": told}


def modelled(version: Data) -> Any:
    return {**version, "model": version["model"][0]}


def evaluated(evaluation: Data) -> Any:
    on = evaluation["on"][0]
    return {**evaluation, "on": {**on, "dataset": on["dataset"][0]}}


def deployed(deployment: Data) -> Any:
    endpoint = deployment["endpoint"][0]
    return {**deployment, "endpoint": {"name": endpoint["name"]}, "environment": endpoint["environment"][0]}


def upstream(data: Data) -> Any:
    walk = data["upstream"]
    nodes = [{"depth": stop.pop("depth"), "node": {"__typename": stop.pop("type"), **stop}} for stop in walk["nodes"]]
    return {"lineage": {"complete": True, "nodes": nodes, "edges": walk["edges"]}}


def without(told: Data, *names: str) -> Any:
    return {name: value for name, value in told.items() if name not in names}


# What an answer says, by the name of the case.
SAID: Mapping[str, Callable[[Data], Any]] = {
    "lookup": lookup,
    "page": page,
    "neighborhood": neighborhood,
    "lineage_1k": upstream,
}
